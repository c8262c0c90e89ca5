/*
 * entries.h - the names in a directory
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef ENTRIES_H
#define ENTRIES_H

/* A walk over a directory. */
struct entries {
	int fd;
	long have, at; /* in buffer; after the end have is 0, or -errno */
	/* Several entries: one with the longest name has 280 bytes. */
	_Alignas(8) char buffer[2048];
};

/* Begins with path below the open directory at.  What keeps it from being opened is told at the
 * end, as what keeps it from being read. */
void entries_open(struct entries *directory, int at, const char *path);

/* The next name, valid until the next call ("." and ".." are names too), or null: then
 * directory->have is 0 at the end, or -errno, and fd is closed.  A walk of one's own needs nothing
 * but fd, the rest being 0. */
const char *entries_next(struct entries *directory);

#endif
