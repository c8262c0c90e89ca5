/*
 * getfd.c - fetch descriptors of enforce from other processes, and use them
 *
 * Usage: getfd              each that a process has open
 *        getfd queued PID   each that lies in the queue of one of its sockets
 *
 * SPDX-License-Identifier: MIT
 */

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

/* The descriptor that comes next out of the socket's queue, or -1. */
static int queued(int socket)
{
	union {
		struct cmsghdr header;
		char room[CMSG_SPACE(sizeof(int))];
	} control;
	char byte;
	struct iovec data = {&byte, 1};
	struct msghdr message = {.msg_iov = &data,
		.msg_iovlen = 1,
		.msg_control = &control,
		.msg_controllen = sizeof(control)};
	int fd = -1;

	if (recvmsg(socket, &message, MSG_DONTWAIT) == 1 && message.msg_controllen)
		memcpy(&fd, CMSG_DATA(&control.header), sizeof(fd));
	return fd;
}

static int fetch_queued(int pid)
{
	int pidfd = (int)syscall(SYS_pidfd_open, pid, 0), number, fd;

	for (number = 0; number < 64; number++) {
		fd = queued((int)syscall(SYS_pidfd_getfd, pidfd, number, 0));
		if (fd < 0)
			continue;
		printf("%d: received %d through %d\n", pid, fd, number);
		if (write(fd, "0", 1) == 1)
			return 0;
	}
	return 1;
}

int main(int argc, char **argv)
{
	DIR *proc = opendir("/proc"), *fds;
	struct dirent *process, *entry;
	char path[300], target[300];
	int status = 1;

	if (argc > 2)
		return fetch_queued(atoi(argv[2]));
	while ((process = readdir(proc))) {
		int pid = atoi(process->d_name), pidfd, fd;

		if (pid <= 0 || pid == getpid())
			continue;
		snprintf(path, sizeof(path), "/proc/%d/fd", pid);
		fds = opendir(path);
		while (fds && (entry = readdir(fds))) {
			ssize_t length;

			snprintf(path, sizeof(path), "/proc/%d/fd/%s", pid, entry->d_name);
			length = readlink(path, target, sizeof(target) - 1);
			target[length < 0 ? 0 : length] = 0;
			if (!strstr(target, "enforce") && !strstr(target, "new_policy"))
				continue;
			pidfd = (int)syscall(SYS_pidfd_open, pid, 0);
			fd = (int)syscall(SYS_pidfd_getfd, pidfd, atoi(entry->d_name), 0);
			printf("%d: %s is %s: fetched %d\n", pid, path, target, fd);
			if (fd >= 0 && write(fd, "0", 1) == 1)
				status = 0;
			close(fd);
			close(pidfd);
		}
		if (fds)
			closedir(fds);
	}
	return status;
}
