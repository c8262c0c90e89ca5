/*
 * regular.h - opening a regular file, and nothing else
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef FIND_REGULAR_H
#define FIND_REGULAR_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/stat.h>

/*
 * Opens path as openat(2) does; root is AT_FDCWD, or a directory that path, and every link on it,
 * is taken to be in (RESOLVE_IN_ROOT of openat2(2), Linux 5.6).  A close-on-exec descriptor of at
 * least 3, or -errno.
 */
int regular_resolve(int root, const char *path, int flags);

/* struct statx (include/uapi/linux/stat.h); older libcs lack it. */
struct file_status {
	uint32_t mask, block_size;
	uint64_t attributes;
	uint32_t links, user, group;
	uint16_t mode, spare;
	uint64_t inode, size, blocks, attributes_mask;
	uint64_t times[4][2];
	uint32_t rdev_major, rdev_minor; /* of the device that it is */
	uint64_t device;                 /* of the file system that it is on, both numbers */
	uint64_t mount;                  /* the number of the mount that it was reached by */
	uint64_t more[13];
};

/* What a file is: statx(2) of a path, or with "" of the descriptor (or -errno, which is returned)
 * itself.  0 or -errno. */
int regular_statx(int fd, const char *path, struct file_status *is);

/* Have both the same device number?  Then they are on one file system.  On an overlay, or on btrfs,
 * not all files of one have it. */
static inline bool regular_same_device(const struct file_status *a, const struct file_status *b)
{
	return a->device == b->device;
}

/* How two files, each given as to regular_statx, compare, or -errno. */
enum regular_likeness {
	REGULAR_OTHER,   /* on different file systems */
	REGULAR_SAME_FS, /* on the same */
	REGULAR_SAME,    /* one file */
};
int regular_compare(int fd, const char *path, int other_fd, const char *other_path);

/* What regular_open has found last. */
extern struct file_status regular_found;

/*
 * Opens a regular file for reading.  What it is is asked first, and it is opened without blocking,
 * so that neither a FIFO blocks nor a device is started.  A descriptor, or -errno; -EBADF when it
 * is no regular file.
 */
int regular_open(int root, const char *path);

/* Says why regular_open has failed with this -errno; hint is appended when it is no regular file.
 */
void regular_say(const char *name, int error, const char *hint);

#endif
