/*
 * identity.h - what a file is, and whether two are the same
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef KERNEL_IDENTITY_H
#define KERNEL_IDENTITY_H

#include <stdbool.h>
#include <stdint.h>

/* struct statx (include/uapi/linux/stat.h), which older C libraries lack. */
struct file_identity {
	uint32_t mask, block_size;
	uint64_t attributes;
	uint32_t links, user, group;
	uint16_t mode, spare; /* mode: type and permissions, as in struct stat */
	uint64_t inode, size, blocks, attributes_mask;
	uint64_t times[4][2];
	uint32_t device_number_major, device_number_minor; /* of a device file */
	uint32_t filesystem_major, filesystem_minor;       /* of the file system that it is on */
	uint64_t mount; /* the number of the mount that it was reached by (Linux 5.8) */
	uint64_t reserved[13];
};

/*
 * statx(2): what the file at path below the open directory at is.  A path of "" means at itself,
 * which may then be any file.  A symbolic link at the path's end is followed.
 *
 * Returns 0 or -errno.
 */
int identity_of(int at, const char *path, struct file_identity *file);

/* The same for the link itself. */
int identity_of_link(int at, const char *path, struct file_identity *file);

/*
 * Are both on one file system?  They are when they have the same device number, and also when they
 * were reached by the same mount: on an overlay a file may have the device number of its layer, on
 * btrfs that of its subvolume.
 */
bool identity_same_filesystem(const struct file_identity *a, const struct file_identity *b);

/* Are both one and the same file? */
bool identity_same_file(const struct file_identity *a, const struct file_identity *b);

/*
 * What this very program was executed from (/proc/self/exe).
 *
 * Returns 0 or -errno.
 */
int identity_of_self(struct file_identity *self);

#endif
