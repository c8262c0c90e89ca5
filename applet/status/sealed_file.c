/*
 * sealed_file.c - has a file an fs-verity digest, and which?
 *
 * SPDX-License-Identifier: MIT
 */
#define _GNU_SOURCE
#include "status/sealed_file.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/fsverity.h>
#include <linux/magic.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "find/regular_file.h"
#include "status/volume.h"

/* PATH_MAX (linux/limits.h), with its NUL. */
#define PATH_LONGEST 4096

/* The file at that path, or -errno. */
static int open_path(struct bytes path, struct file_identity *is)
{
	char text[PATH_LONGEST];

	if (path.left >= sizeof(text) || bytes_has(path, '\0'))
		return -ENAMETOOLONG;
	memcpy(text, path.at, path.left);
	text[path.left] = '\0';
	/* Where it was seen from another root directory there may be any file, or none. */
	return text[0] == '/' ? regular_file_open(AT_FDCWD, text, is) : -ENOENT;
}

static bool is_on_btrfs(int fd)
{
	struct statfs on;

	return !fstatfs(fd, &on) && (unsigned long)on.f_type == BTRFS_SUPER_MAGIC;
}

/* Is it the file that was denied?  btrfs gives its files device numbers of its own; then the inode
 * number has to do.  Other file systems without a device, FUSE's among them, answer what they like.
 */
static bool is_it(int fd, const struct file_identity *is, struct bytes device, uint64_t inode)
{
	if (is->inode != inode)
		return false;
	return is_on_btrfs(fd) ||
	       volume_has_number(device, is->filesystem_major, is->filesystem_minor) > 0;
}

/* FS_IOC_MEASURE_VERITY (Documentation/filesystems/fsverity.rst): 1, 0 without fs-verity, or
 * -errno. */
static int measure(int fd, struct sealed_file *file)
{
	enum { BUFFER = sizeof(struct fsverity_digest) + SEALED_FILE_DIGEST_LONGEST };
	static _Alignas(8) unsigned char buffer[BUFFER];
	struct fsverity_digest *answer = (struct fsverity_digest *)buffer;

	answer->digest_size = SEALED_FILE_DIGEST_LONGEST;
	if (syscall(SYS_ioctl, fd, FS_IOC_MEASURE_VERITY, answer)) {
		/* ENOTTY, EOPNOTSUPP: its file system does not know fs-verity. */
		if (errno == ENODATA || errno == ENOTTY || errno == EOPNOTSUPP)
			return 0;
		return -errno;
	}
	if (answer->digest_algorithm == FS_VERITY_HASH_ALG_SHA256)
		file->algorithm = "sha256";
	else if (answer->digest_algorithm == FS_VERITY_HASH_ALG_SHA512)
		file->algorithm = "sha512";
	else
		return -ENOPKG;
	if (answer->digest_size > sizeof(file->digest))
		return -EINVAL;
	file->length = answer->digest_size;
	memcpy(file->digest, buffer + sizeof(*answer), file->length);
	return 1;
}

static bool has_signature(int fd)
{
	unsigned char byte;
	struct fsverity_read_metadata_arg request = {
		.metadata_type = FS_VERITY_METADATA_TYPE_SIGNATURE,
		.length = sizeof(byte),
		.buf_ptr = (uintptr_t)&byte,
	};

	return syscall(SYS_ioctl, fd, FS_IOC_READ_VERITY_METADATA, &request) > 0;
}

int sealed_file_find(
	struct bytes path, struct bytes device, uint64_t inode, struct sealed_file *file)
{
	struct file_identity is;
	int result, fd = open_path(path, &is);

	if (fd < 0)
		return fd;
	result = is_it(fd, &is, device, inode) ? measure(fd, file) : -ESTALE;
	if (result > 0)
		file->has_signature = has_signature(fd);
	close(fd);
	return result;
}
