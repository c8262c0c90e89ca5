/*
 * kernfs.c - a kernel file system, mounted or not
 *
 * SPDX-License-Identifier: MIT
 */
#include "kernfs.h"

#include <errno.h>
#include <fcntl.h>

#include "system.h"

/* include/uapi/linux/mount.h; older kernel headers lack them */
#define MY_FSOPEN_CLOEXEC 1
#define MY_FSCONFIG_CMD_CREATE 6
#define MY_FSMOUNT_CLOEXEC 1

/* include/uapi/linux/magic.h */
#define PROC_SUPER_MAGIC 0x9fa0

int kernfs_high(int fd)
{
	int high;

	if (fd < 0 || fd > 2)
		return fd;
	high = (int)system_call3(SYS_fcntl, fd, F_DUPFD_CLOEXEC, 3);
	sys_close(fd);
	return high;
}

int kernfs_openat(int directory, const char *path, int flags)
{
	int fd;

	if (directory < 0 && directory != AT_FDCWD)
		return directory;
	do
		fd = sys_openat(directory, path, flags | O_CLOEXEC | O_NOCTTY | O_LARGEFILE);
	while (fd == -EINTR);
	return kernfs_high(fd);
}

int kernfs_open(const char *type, const char *path, unsigned long magic)
{
	struct statfs at;
	int context, error;

	at.f_type = 0;
	if (!sys_statfs(path, &at) && (unsigned long)at.f_type == magic)
		return kernfs_openat(AT_FDCWD, path, O_PATH | O_DIRECTORY);

	context = kernfs_high((int)system_call3(SYS_fsopen, (long)type, MY_FSOPEN_CLOEXEC, 0));
	if (context < 0)
		return context;
	error = (int)system_call5(SYS_fsconfig, context, MY_FSCONFIG_CMD_CREATE, 0, 0, 0);
	if (error) {
		kernfs_close(context);
		return error;
	}
	/* It stays open: closing it would only cost a system call. */
	return kernfs_high((int)system_call3(SYS_fsmount, context, MY_FSMOUNT_CLOEXEC, 0));
}

int kernfs_proc(void)
{
	static int proc;

	if (proc <= 0)
		proc = kernfs_open("proc", "/proc", PROC_SUPER_MAGIC);
	return proc;
}

void kernfs_close(int fd)
{
	if (fd >= 0)
		sys_close(fd);
}

long kernfs_read(int fd, void *buffer, size_t size)
{
	size_t have = 0;
	long got;

	if (fd < 0)
		return fd;
	while (have < size) {
		got = sys_pread(fd, (char *)buffer + have, size - have, (off_t)have);
		if (got == -ESPIPE)
			got = sys_read(fd, (char *)buffer + have, size - have);
		if (got == -EINTR)
			continue;
		if (got < 0)
			return got;
		if (!got)
			break;
		have += (size_t)got;
	}
	return (long)have;
}

long kernfs_read_at(int directory, const char *path, void *buffer, size_t size)
{
	int fd = kernfs_openat(directory, path, O_RDONLY);
	long got = kernfs_read(fd, buffer, size);

	kernfs_close(fd);
	return got;
}

int kernfs_write(int fd, const void *buffer, size_t size)
{
	long wrote = fd;

	if (fd >= 0)
		do
			wrote = sys_write(fd, buffer, size);
		while (wrote == -EINTR);
	if (wrote < 0)
		return (int)wrote;
	return (size_t)wrote == size ? 0 : -EIO;
}
