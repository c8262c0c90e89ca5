/*
 * directory.h - the names in a directory
 *
 * opendir(3) would call malloc.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef KERNEL_DIRECTORY_H
#define KERNEL_DIRECTORY_H

struct directory {
	int fd;
	int have; /* bytes of entries in the buffer */
	int next; /* where the next entry begins */
	/* One entry with the longest name (255 bytes) takes 280 bytes. */
	_Alignas(8) char entries[4096];
};

/* Opens the directory at path below the open directory at.  Returns 0 or -errno. */
int directory_open(struct directory *directory, int at, const char *path);

/* Begins with a directory that is open for reading already; directory_close() closes it. */
void directory_from(struct directory *directory, int fd);

/*
 * Gets the next name, "." and ".." among them, in the directory's own order.  It is valid until the
 * next call.
 *
 * Returns 1, 0 after the last name, or -errno.
 */
int directory_next(struct directory *directory, const char **name);

/* To be called once for each directory that was begun with. */
void directory_close(struct directory *directory);

#endif
