/*
 * kernfs.c - a kernel file system, mounted or not
 *
 * SPDX-License-Identifier: MIT
 */
#include "kernfs.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/statfs.h>
#include <sys/syscall.h>
#include <unistd.h>

/* include/uapi/linux/mount.h; older kernel headers lack them */
#define MY_FSOPEN_CLOEXEC 1
#define MY_FSCONFIG_CMD_CREATE 6
#define MY_FSMOUNT_CLOEXEC 1
#ifdef SYS_fcntl64
#undef SYS_fcntl
#define SYS_fcntl SYS_fcntl64
#endif

int kernfs_high(int fd)
{
	int high;

	if (fd < 0)
		return -errno;
	if (fd > STDERR_FILENO)
		return fd;
	/* musl's fcntl, openat and fstat are ten times as long as the system calls. */
	high = (int)syscall(SYS_fcntl, fd, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
	if (high < 0)
		high = -errno;
	close(fd);
	return high;
}

int kernfs_openat(int directory, const char *path, int flags)
{
	int fd;

	do
		fd = (int)syscall(
			SYS_openat, directory, path, flags | O_CLOEXEC | O_NOCTTY | O_LARGEFILE, 0);
	while (fd < 0 && errno == EINTR);
	return kernfs_high(fd);
}

int kernfs_open(const char *type, const char *path, unsigned long magic)
{
	struct statfs at;
	int context, mount;

	if (!statfs(path, &at) && (unsigned long)at.f_type == magic)
		return kernfs_openat(AT_FDCWD, path, O_PATH | O_DIRECTORY);

	context = kernfs_high((int)syscall(SYS_fsopen, type, MY_FSOPEN_CLOEXEC));
	if (context < 0)
		return context;
	if (syscall(SYS_fsconfig, context, MY_FSCONFIG_CMD_CREATE, 0, 0, 0)) {
		mount = -errno;
		close(context);
		return mount;
	}
	/* The context stays open: closing it would only cost a system call. */
	return kernfs_high((int)syscall(SYS_fsmount, context, MY_FSMOUNT_CLOEXEC, 0));
}

long kernfs_read(int fd, void *buffer, unsigned long size)
{
	unsigned long have = 0;
	ssize_t got;

	while (have < size) {
		got = pread(fd, (char *)buffer + have, size - have, (off_t)have);
		if (got < 0 && errno == ESPIPE)
			got = read(fd, (char *)buffer + have, size - have);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return -errno;
		if (!got)
			break;
		have += (unsigned long)got;
	}
	return (long)have;
}
