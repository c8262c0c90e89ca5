/*
 * mount.c - the kernel's file systems, mounted or not
 *
 * SPDX-License-Identifier: MIT
 */
#define _GNU_SOURCE
#include "kernel/mount.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <sys/statfs.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "kernel/file.h"

/* include/uapi/linux/mount.h; older kernel headers lack them. */
#define MY_FSOPEN_CLOEXEC 1
#define MY_FSCONFIG_CMD_CREATE 6
#define MY_FSMOUNT_CLOEXEC 1

/* include/uapi/linux/magic.h */
#define MY_PROC_SUPER_MAGIC 0x9fa0
#define MY_SYSFS_MAGIC 0x62656572
#define MY_SECURITYFS_MAGIC 0x73636673

/* Mounts a file system of that type, attached to no directory.  Returns its root directory. */
static int mount_detached(const char *type)
{
	int context, mount;

	/* Wherever this descriptor is: it is closed before any message. */
	context = (int)syscall(SYS_fsopen, type, MY_FSOPEN_CLOEXEC);
	if (context < 0)
		return -errno;
	if (syscall(SYS_fsconfig, context, MY_FSCONFIG_CMD_CREATE, NULL, NULL, 0)) {
		mount = -errno;
	} else {
		mount = (int)syscall(SYS_fsmount, context, MY_FSMOUNT_CLOEXEC, 0);
		mount = mount < 0 ? -errno : file_move_above_standard(mount);
	}
	close(context);
	return mount;
}

#ifndef STATE_ONLY
static bool own_first;

void mount_own_first(void)
{
	own_first = true;
}
#else
enum { own_first = false };
#endif

static bool is_mounted(const char *place, unsigned long magic)
{
	struct statfs there;

	return syscall(SYS_statfs, place, &there) == 0 && (unsigned long)there.f_type == magic;
}

/* The root directory, opened at the first call.  A mount at its usual place serves who may not
 * mount; process 1 may, and does not trust what others have mounted. */
static int open_once(int *root, const char *type, const char *place, unsigned long magic)
{
	if (*root >= 0)
		return *root;
	if (own_first)
		*root = mount_detached(type);
	if (own_first && *root >= 0)
		return *root;
	if (is_mounted(place, magic) && getpid() != 1)
		*root = file_open(AT_FDCWD, place, O_PATH | O_DIRECTORY);
	else
		*root = mount_detached(type);
	return *root;
}

int mount_securityfs(void)
{
	static int root = -1;

	return open_once(&root, "securityfs", "/sys/kernel/security", MY_SECURITYFS_MAGIC);
}

int mount_sysfs(void)
{
	static int root = -1;

	return open_once(&root, "sysfs", "/sys", MY_SYSFS_MAGIC);
}

int mount_proc(void)
{
	static int root = -1;

	return open_once(&root, "proc", "/proc", MY_PROC_SUPER_MAGIC);
}

int mount_devtmpfs(void)
{
	static int root = -1;

	if (root < 0)
		root = mount_detached("devtmpfs");
	return root;
}
