/*
 * file.c - open, read and write a file
 *
 * SPDX-License-Identifier: MIT
 */
#define _GNU_SOURCE
#include "kernel/file.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

int file_move_above_standard(int fd)
{
	int high;

	if (fd > 2)
		return fd;
	high = (int)syscall(SYS_fcntl, fd, F_DUPFD_CLOEXEC, 3);
	if (high < 0)
		high = -errno;
	close(fd);
	return high;
}

int file_open(int directory, const char *path, int flags)
{
	int fd;

	do
		fd = (int)syscall(
			SYS_openat, directory, path, flags | O_CLOEXEC | O_NOCTTY | O_LARGEFILE);
	while (fd < 0 && errno == EINTR);
	return fd < 0 ? -errno : file_move_above_standard(fd);
}

long file_read(int fd, void *buffer, size_t size)
{
	size_t have = 0;
	ssize_t got;

	while (have < size) {
		got = read(fd, (char *)buffer + have, size - have);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return -errno;
		if (got == 0)
			break;
		have += (size_t)got;
	}
	return (long)have;
}

int file_read_whole(int directory, const char *path, struct bytes *content)
{
	/* One byte more, to see that there is more. */
	static unsigned char buffer[FILE_WHOLE_LONGEST + 1];
	int fd = file_open(directory, path, O_RDONLY);
	long got;

	if (fd < 0)
		return fd;
	got = file_read(fd, buffer, sizeof(buffer));
	close(fd);
	if (got < 0)
		return (int)got;
	if (got > FILE_WHOLE_LONGEST)
		return -EFBIG;
	*content = (struct bytes){buffer, (size_t)got};
	return 0;
}

int file_write(int fd, const void *buffer, size_t size)
{
	ssize_t wrote;

	do
		wrote = write(fd, buffer, size);
	while (wrote < 0 && errno == EINTR);
	if (wrote < 0)
		return -errno;
	return (size_t)wrote == size ? 0 : -EIO;
}

int file_write_path(int directory, const char *path, const void *buffer, size_t size)
{
	int fd = file_open(directory, path, O_WRONLY);
	int error;

	if (fd < 0)
		return fd;
	error = file_write(fd, buffer, size);
	close(fd);
	return error;
}
