/*
 * regular.c - opening a regular file, and nothing else
 *
 * SPDX-License-Identifier: MIT
 */
#include "regular.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "kernfs.h"

/* include/uapi/linux/openat2.h; older kernel headers lack it */
#define MY_RESOLVE_IN_ROOT 0x10
#ifndef SYS_openat2
#define SYS_openat2 437
#endif

int regular_resolve(int root, const char *path, int flags)
{
	struct {
		uint64_t flags, mode, resolve;
	} how = {(uint64_t)(flags | O_CLOEXEC | O_NOCTTY), 0, MY_RESOLVE_IN_ROOT};

	if (root == AT_FDCWD)
		return kernfs_openat(root, path, flags);
	return kernfs_high((int)syscall(SYS_openat2, root, path, &how, sizeof(how)));
}

int regular_open(int root, const char *path, struct stat *is)
{
	int error, fd = regular_resolve(root, path, O_PATH);

	if (fd < 0)
		return fd;
	error = fstat(fd, is) ? errno : S_ISREG(is->st_mode) ? 0 : EBADF;
	close(fd);
	if (error)
		return -error;
	/* Should it have been exchanged since, O_NONBLOCK keeps a FIFO from blocking. */
	return regular_resolve(root, path, O_RDONLY | O_NONBLOCK);
}

const char *regular_kind(mode_t mode)
{
	switch (mode & S_IFMT) {
	case S_IFREG:
		return "a regular file";
	case S_IFDIR:
		return "a directory";
	case S_IFIFO:
		return "a FIFO";
	case S_IFSOCK:
		return "a socket";
	default:
		return "a device";
	}
}
