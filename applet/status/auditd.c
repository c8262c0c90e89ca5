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
#include <poll.h>
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

/* A thread of the kernel's sends the reply (audit_send_reply, kernel/audit.c). */
#define PATIENCE 10000 /* ms */

/* Asks, and receives the reply.  0 or -errno; ETIMEDOUT: there was none in time. */
static int ask(int fd, struct reply *reply)
{
	const struct nlmsghdr request = {.nlmsg_len = sizeof(request),
		.nlmsg_type = AUDIT_GET,
		.nlmsg_flags = NLM_F_REQUEST};
	struct pollfd waiting = {.fd = fd, .events = POLLIN};
	int ready;

	if (send(fd, &request, sizeof(request), 0) < 0)
		return -errno;
	ready = poll(&waiting, 1, PATIENCE);
	if (ready == 0)
		return -ETIMEDOUT;
	if (ready < 0 || recv(fd, reply, sizeof(*reply), MSG_DONTWAIT) < 0)
		return -errno;
	return 0;
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
