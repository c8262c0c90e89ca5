/*
 * regular_file.c - opening a regular file, and nothing else
 *
 * SPDX-License-Identifier: MIT
 */
#define _GNU_SOURCE
#include "find/regular_file.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "kernel/file.h"

/* include/uapi/linux/openat2.h; older kernel headers lack it. */
#define MY_RESOLVE_NO_SYMLINKS 0x04
#define MY_RESOLVE_IN_ROOT 0x10
#ifndef SYS_openat2
#define SYS_openat2 437
#endif

static int resolve(int root, const char *path, int flags, unsigned rule)
{
	struct {
		uint64_t flags, mode, resolve;
	} how = {.resolve = rule};
	int fd;

	/* Unlike openat(2) it refuses flags that have no effect with O_PATH. */
	how.flags = (unsigned)(flags | O_CLOEXEC | (flags & O_PATH ? 0 : O_NOCTTY));
	fd = (int)syscall(SYS_openat2, root, path, &how, sizeof(how));
	return fd < 0 ? -errno : file_move_above_standard(fd);
}

int resolve_in_root(int root, const char *path, int flags)
{
	if (root == AT_FDCWD)
		return file_open(root, path, flags);
	return resolve(root, path, flags, MY_RESOLVE_IN_ROOT);
}

int resolve_without_links(const char *path, int flags)
{
	return resolve(AT_FDCWD, path, flags, MY_RESOLVE_NO_SYMLINKS);
}

int regular_file_open(int root, const char *path, struct file_identity *is)
{
	int error, fd = resolve_in_root(root, path, O_PATH);

	if (fd < 0)
		return fd;
	error = identity_of(fd, "", is);
	close(fd);
	if (error)
		return error;
	if (!S_ISREG(is->mode))
		return -EBADF;
	/* Should it have been exchanged since, O_NONBLOCK keeps a FIFO from blocking. */
	return resolve_in_root(root, path, O_RDONLY | O_NONBLOCK);
}

const char *file_type_words(const struct file_identity *is)
{
	if (S_ISDIR(is->mode))
		return "a directory";
	if (S_ISFIFO(is->mode))
		return "a FIFO";
	if (S_ISSOCK(is->mode))
		return "a socket";
	return "a device";
}
