/*
 * regular.c - opening a regular file, and nothing else
 *
 * SPDX-License-Identifier: MIT
 */
#include "find/regular.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>

#include "kernel/kernfs.h"
#include "kernel/system.h"
#include "say.h"

/* include/uapi/linux/openat2.h; older kernel headers lack it */
#define MY_RESOLVE_IN_ROOT 0x10
/* include/uapi/linux/stat.h: STATX_BASIC_STATS | STATX_MNT_ID, the last since Linux 5.8 */
#define MY_STATX_USED 0x17ff
#ifndef SYS_openat2
#define SYS_openat2 437
#endif

int regular_resolve(int root, const char *path, int flags)
{
	struct {
		uint64_t flags, mode, resolve;
	} how;

	if (root == AT_FDCWD)
		return kernfs_openat(root, path, flags);
	flags |= O_CLOEXEC;
	/* Unlike openat, openat2 refuses flags that have no effect with O_PATH. */
	if (!(flags & O_PATH))
		flags |= O_NOCTTY;
	how.flags = (unsigned)flags;
	how.mode = 0;
	how.resolve = MY_RESOLVE_IN_ROOT;
	return kernfs_high(
		(int)system_call5(SYS_openat2, root, (long)path, (long)&how, sizeof(how), 0));
}

int regular_statx(int fd, const char *path, struct file_status *is)
{
	return fd < 0 && fd != AT_FDCWD ? fd
					: sys_statx(fd, path, AT_EMPTY_PATH, MY_STATX_USED, is);
}

int regular_compare(int fd, const char *path, int other_fd, const char *other_path)
{
	static struct file_status is, other;
	int result = regular_statx(fd, path, &is);

	if (!result)
		result = regular_statx(other_fd, other_path, &other);
	if (result)
		return result;
	if (!regular_same_device(&is, &other))
		/* On an overlay a file may have the device number of its layer, on btrfs that of
		 * its subvolume: what is in one mount is on one file system all the same. */
		return is.mount == other.mount ? REGULAR_SAME_FS : REGULAR_OTHER;
	return is.inode == other.inode ? REGULAR_SAME : REGULAR_SAME_FS;
}

struct file_status regular_found;

int regular_open(int root, const char *path)
{
	int error, fd = regular_resolve(root, path, O_PATH);

	/* Not for regular_statx: one error has the number of AT_FDCWD. */
	if (fd < 0)
		return fd;
	error = regular_statx(fd, "", &regular_found);
	if (!error && !S_ISREG(regular_found.mode))
		error = -EBADF;
	kernfs_close(fd);
	if (error)
		return error;
	/* Should it have been exchanged since, O_NONBLOCK keeps a FIFO from blocking. */
	return regular_resolve(root, path, O_RDONLY | O_NONBLOCK);
}

void regular_say(const char *name, int error, const char *hint)
{
	const unsigned mode = regular_found.mode;
	const char *kind = "a device";

	if (S_ISDIR(mode))
		kind = "a directory";
	if (S_ISFIFO(mode))
		kind = "a FIFO";
	if (S_ISSOCK(mode))
		kind = "a socket";
	if (error == -EBADF)
		say(SAY_ERROR, "%s: is %s, not a regular file%s", name, kind, hint);
	else
		say_failure(name, "cannot be opened", error);
}
