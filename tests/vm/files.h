/*
 * files.h - whole files in one go, for the guest's programs
 *
 * A failure that no test expects ends the program with status 2 and a line that names the file.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef FILES_H
#define FILES_H

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static inline void die(const char *what)
{
	fprintf(stderr, "%s: %s\n", what, strerror(errno));
	exit(2);
}

/* Reads a file, at most size bytes of it; returns how many there were. */
static inline size_t read_file(const char *path, char *buffer, size_t size)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t got = 0;
	size_t have = 0;

	if (fd < 0)
		die(path);
	while (have < size && (got = read(fd, buffer + have, size - have)) > 0)
		have += (size_t)got;
	if (got < 0)
		die(path);
	close(fd);
	return have;
}

/* Opens a file, also with these flags, and makes one write, as IPE's nodes want it.  0 or the
 * write's errno. */
static inline int write_file(const char *path, int flags, const char *content, size_t length)
{
	int error, fd = open(path, O_WRONLY | O_CLOEXEC | flags, 0600);

	if (fd < 0)
		die(path);
	error = write(fd, content, length) == (ssize_t)length ? 0 : errno;
	close(fd);
	return error;
}

#endif
