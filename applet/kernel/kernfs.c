/*
 * kernfs.c - a kernel file system, mounted or not
 *
 * SPDX-License-Identifier: MIT
 */
#include "kernel/kernfs.h"

#include <errno.h>
#include <fcntl.h>

#include "kernel/system.h"
#include "policy/bytes.h"

/* include/uapi/linux/mount.h; older kernel headers lack them */
#define MY_FSOPEN_CLOEXEC 1
#define MY_FSCONFIG_CMD_CREATE 6
#define MY_FSMOUNT_CLOEXEC 1

/* include/uapi/linux/magic.h */
#define PROC_SUPER_MAGIC 0x9fa0
#define SECURITYFS_MAGIC 0x73636673

int kernfs_high(int fd)
{
	int high = fd;

	if (fd >= 0 && fd <= 2) {
		high = (int)system_call3(SYS_fcntl, fd, F_DUPFD_CLOEXEC, 3);
		kernfs_close(fd);
	}
	return high;
}

int kernfs_openat(int directory, const char *path, int flags)
{
	long fd = directory;

	flags |= O_CLOEXEC | O_NOCTTY | O_LARGEFILE;
	if (directory >= 0 || directory == AT_FDCWD)
		do
			fd = system_call3(SYS_openat, directory, (long)path, flags);
		while (fd == -EINTR);
	return kernfs_high((int)fd);
}

bool kernfs_own;

int kernfs_open(const char *type, const char *path, unsigned long magic)
{
	static struct statfs at;
	int context, error;

	if (!kernfs_own && !sys_statfs(path, &at) && (unsigned long)at.f_type == magic)
		return kernfs_openat(AT_FDCWD, path, O_PATH | O_DIRECTORY);

	context = kernfs_high((int)system_call3(SYS_fsopen, (long)type, MY_FSOPEN_CLOEXEC, 0));
	if (context < 0)
		return context;
	error = (int)system_call5(SYS_fsconfig, context, MY_FSCONFIG_CMD_CREATE, 0, 0, 0);
	if (error)
		return kernfs_closed(context, error);
	/* It stays open: closing it would only cost a system call. */
	return kernfs_high((int)system_call3(SYS_fsmount, context, MY_FSMOUNT_CLOEXEC, 0));
}

int kernfs_security(void)
{
	return kernfs_open("securityfs", "/sys/kernel/security", SECURITYFS_MAGIC);
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

int kernfs_closed(int fd, int result)
{
	kernfs_close(fd);
	return result;
}

int kernfs_read(int fd, void *buffer, size_t size)
{
	size_t have;
	long got;
	char *to;

	if (fd < 0)
		return fd;
	for (have = 0; have < size; have += (size_t)got) {
		to = (char *)buffer + have;
		do {
			got = sys_pread(fd, to, size - have, (off_t)have);
			if (got == -ESPIPE)
				got = sys_read(fd, to, size - have);
		} while (got == -EINTR);
		if (got < 0)
			return (int)got;
		if (!got)
			break;
	}
	return (int)have;
}

int kernfs_read_at(int directory, const char *path, void *buffer, size_t size)
{
	int fd = kernfs_openat(directory, path, O_RDONLY);

	return kernfs_closed(fd, kernfs_read(fd, buffer, size));
}

int kernfs_write(int fd, const void *buffer, size_t size)
{
	long wrote = fd;

	if (fd >= 0)
		do
			wrote = sys_write(fd, buffer, size);
		while (wrote == -EINTR);
	if (wrote >= 0)
		wrote = (size_t)wrote == size ? 0 : -EIO;
	return (int)wrote;
}
