/*
 * keeper.c - a process of the initramfs that stays, with the descriptors that it got
 *
 * Usage: keeper [queue] [ring] [-- PROGRAM...]
 *
 * queue: it puts descriptor 7 into the queue of a socket of its own, and closes it. ring: it makes
 * an io_uring that keeps its credentials. With a PROGRAM it executes that then, instead of staying.
 * SPDX-License-Identifier: MIT
 */

#include <linux/io_uring.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
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

static void ring(void)
{
	struct io_uring_params parameters = {0};
	long fd = syscall(SYS_io_uring_setup, 4, &parameters);

	syscall(SYS_io_uring_register, fd, IORING_REGISTER_PERSONALITY, NULL, 0);
	/* The descriptor that it got would end with what it executes. */
	dup((int)fd);
}

int main(int argc, char **argv)
{
	(void)argc;
	while (*++argv) {
		if (!strcmp(*argv, "queue"))
			queue(QUEUED);
		else if (!strcmp(*argv, "ring"))
			ring();
		else
			break;
	}
	if (*argv) {
		execv(argv[1], argv + 1);
		return 2;
	}
	for (;;)
		pause();
}
