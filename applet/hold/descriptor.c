/*
 * descriptor.c - open descriptors that could undo the seal
 *
 * SPDX-License-Identifier: MIT
 */
#define _GNU_SOURCE
#include "hold/descriptor.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "hold/number.h"
#include "kernel/directory.h"
#include "kernel/file.h"
#include "say.h"

/* Told by the device number: the path is only where that one was mounted, if it was. */
static bool is_of_securityfs(
	const struct file_identity *file, const struct file_identity *securityfs)
{
	return file->filesystem_major == securityfs->filesystem_major &&
	       file->filesystem_minor == securityfs->filesystem_minor;
}

/* Are descriptors in the queue of this socket?  A Unix socket has their number in fdinfo
 * (unix_show_fdinfo, net/unix/af_unix.c).  1, 0 or -errno. */
static int has_queued(int fdinfo, const char *number)
{
	struct bytes text, line;
	int error = file_read_whole(fdinfo, number, &text);

	if (error)
		return error;
	while (bytes_until(&text, &line, "\n"))
		if (bytes_skip(&line, "scm_fds: ") && !bytes_are(line, "0"))
			return 1;
	return 0;
}

/* Its link says so (io_uring_get_file, io_uring/io_uring.c); what fdinfo has of one that is busy
 * differs.  1, 0 or -errno. */
static int is_io_uring(int fd, const char *number)
{
	static const char ring[] = "anon_inode:[io_uring]";
	char target[sizeof(ring)];
	long length = syscall(SYS_readlinkat, fd, number, target, sizeof(target));

	if (length < 0)
		return -errno;
	return length == sizeof(ring) - 1 && memcmp(target, ring, sizeof(ring) - 1) == 0;
}

/* 1, 0 or -errno. */
static int is_danger(int fd, int fdinfo, const char *number, const struct file_identity *securityfs)
{
	struct file_identity link, file;
	int error = identity_of_link(fd, number, &link);

	if (error)
		return error;
	/* The link is writable where the file was opened for writing (proc_fd_link,
	 * fs/proc/base.c). */
	if (!(link.mode & S_IWUSR))
		return 0;

	error = identity_of(fd, number, &file);
	/* Another user's FUSE file system (fuse_getattr, fs/fuse/dir.c). */
	if (error == -EACCES)
		return 0;
	if (error)
		return error;
	switch (file.mode & S_IFMT) {
	case S_IFREG:
		return is_of_securityfs(&file, securityfs);
	case S_IFSOCK:
		return has_queued(fdinfo, number);
	case 0: /* an anonymous inode has no type (anon_inode_getattr, fs/anon_inodes.c) */
		return is_io_uring(fd, number);
	default:
		return 0;
	}
}

/* The same, with its number, for the first that is in the directories fd and fdinfo. */
static int find_danger(struct directory *fd, int fdinfo, const struct file_identity *securityfs,
	const char **number)
{
	int found;

	while ((found = directory_next(fd, number)) > 0) {
		if ((*number)[0] == '.')
			continue;
		found = is_danger(fd->fd, fdinfo, *number, securityfs);
		/* ENOENT: it was closed after it had been listed. */
		if (found != 0 && found != -ENOENT)
			break;
	}
	return found;
}

int descriptor_find_danger(int process, const struct file_identity *securityfs, const char **number)
{
	static struct directory fd;
	int fdinfo, found = directory_open(&fd, process, "fd");

	if (found)
		return found;
	fdinfo = file_open(process, "fdinfo", O_PATH | O_DIRECTORY);
	if (fdinfo < 0) {
		found = fdinfo;
	} else {
		found = find_danger(&fd, fdinfo, securityfs, number);
		close(fdinfo);
	}
	directory_close(&fd);
	return found;
}

/* Returns 0 or -errno. */
static int close_dangers(int self, const struct file_identity *securityfs)
{
	const char *number = "";
	struct bytes digits;
	uint64_t fd;
	int found;

	while ((found = descriptor_find_danger(self, securityfs, &number)) > 0) {
		digits = bytes_of(number);
		if (!number_take(&digits, 10, &fd))
			return -EIO;
		close((int)fd);
	}
	return found;
}

bool descriptor_close_dangers(int proc, const struct file_identity *securityfs)
{
	int error, self = file_open(proc, "self", O_PATH | O_DIRECTORY);

	if (self < 0) {
		error = self;
	} else {
		error = close_dangers(self, securityfs);
		close(self);
	}
	if (error)
		return fail_errno(
			error, "seal: the open descriptors cannot be listed (it takes root)");
	return true;
}
