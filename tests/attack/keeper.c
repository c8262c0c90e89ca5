/*
 * keeper.c - a process of the initramfs that stays, with the descriptors that it got
 *
 * Descriptor 7, if there is one, it puts into the queue of a socket of its own, and closes it.
 * SPDX-License-Identifier: MIT
 */

#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define QUEUED 7

static void queue(int fd)
{
	union {
		struct cmsghdr header;
		char room[CMSG_SPACE(sizeof(int))];
	} control = {.header = {.cmsg_level = SOL_SOCKET,
			     .cmsg_type = SCM_RIGHTS,
			     .cmsg_len = CMSG_LEN(sizeof(int))}};
	struct iovec data = {"", 1};
	struct msghdr message = {.msg_iov = &data,
		.msg_iovlen = 1,
		.msg_control = &control,
		.msg_controllen = sizeof(control)};
	int pair[2];

	memcpy(CMSG_DATA(&control.header), &fd, sizeof(fd));
	if (!socketpair(AF_UNIX, SOCK_DGRAM, 0, pair) && sendmsg(pair[0], &message, 0) == 1)
		close(fd);
}

int main(void)
{
	queue(QUEUED);
	for (;;)
		pause();
}
