/*
 * identity.c - what a file is, and whether two are the same
 *
 * SPDX-License-Identifier: MIT
 */
#define _GNU_SOURCE
#include "kernel/identity.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "kernel/mount.h"

/* include/uapi/linux/stat.h and fcntl.h; older headers lack them. */
#define MY_STATX_BASIC_STATS 0x07ff
#define MY_STATX_MNT_ID 0x1000
/* Ask no server: one of FUSE, or of a network file system, may never answer. */
#define MY_AT_STATX_DONT_SYNC 0x4000

_Static_assert(sizeof(struct file_identity) == 256, "the size of struct statx");

static int call_statx(int at, const char *path, int flags, struct file_identity *file)
{
	return syscall(SYS_statx, at, path, flags | AT_EMPTY_PATH | MY_AT_STATX_DONT_SYNC,
		       MY_STATX_BASIC_STATS | MY_STATX_MNT_ID, file)
		       ? -errno
		       : 0;
}

int identity_of(int at, const char *path, struct file_identity *file)
{
	return call_statx(at, path, 0, file);
}

int identity_of_link(int at, const char *path, struct file_identity *file)
{
	return call_statx(at, path, AT_SYMLINK_NOFOLLOW, file);
}

static bool same_device(const struct file_identity *a, const struct file_identity *b)
{
	return a->filesystem_major == b->filesystem_major &&
	       a->filesystem_minor == b->filesystem_minor;
}

bool identity_same_filesystem(const struct file_identity *a, const struct file_identity *b)
{
	if (same_device(a, b))
		return true;
	return (a->mask & b->mask & MY_STATX_MNT_ID) && a->mount == b->mount;
}

bool identity_same_file(const struct file_identity *a, const struct file_identity *b)
{
	return same_device(a, b) && a->inode == b->inode;
}

int identity_of_self(struct file_identity *self)
{
	int proc = mount_proc();

	return proc < 0 ? proc : identity_of(proc, "self/exe", self);
}
