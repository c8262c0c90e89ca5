/*
 * auditd.c - who gets the kernel's audit records
 *
 * SPDX-License-Identifier: MIT
 */
#define _GNU_SOURCE
#include "status/auditd.h"

#include <errno.h>
#include <linux/audit.h>
#include <linux/netlink.h>
#include <stddef.h>
#include <sys/socket.h>
#include <unistd.h>

struct reply {
	struct nlmsghdr header;
	union {
		struct nlmsgerr error;
		struct audit_status status;
	};
};

/* Asks, and receives the reply, which the kernel has sent when send(2) returns.  0 or -errno. */
static int ask(int fd, struct reply *reply)
{
	const struct nlmsghdr request = {.nlmsg_len = sizeof(request),
		.nlmsg_type = AUDIT_GET,
		.nlmsg_flags = NLM_F_REQUEST};
	ssize_t length;

	if (send(fd, &request, sizeof(request), 0) < 0)
		return -errno;
	length = recv(fd, reply, sizeof(*reply), MSG_DONTWAIT);
	return length < 0 ? -errno : 0;
}

int auditd_find(uint32_t *pid)
{
	struct reply reply = {.header = {.nlmsg_type = NLMSG_NOOP}};
	int error, fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_AUDIT);

	if (fd < 0)
		return -errno;
	error = ask(fd, &reply);
	close(fd);
	if (error)
		return error;
	if (reply.header.nlmsg_type == NLMSG_ERROR)
		return reply.error.error;
	if (reply.header.nlmsg_type != AUDIT_GET)
		return -EIO;
	*pid = reply.status.pid;
	return 0;
}
