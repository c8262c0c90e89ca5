/*
 * entries.h - the names in a directory
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef ENTRIES_H
#define ENTRIES_H

/* A walk over a directory, or over the pieces of a file. */
struct entries {
	int fd;
	int have, at; /* in buffer; after the end have is 0, or -errno */
	/* Several entries: one with the longest name has 280 bytes. */
	_Alignas(8) char buffer[4096];
};

/* Begins with path below the open directory at.  What keeps it from being opened is told at the
 * end, as what keeps it from being read. */
void entries_open(struct entries *directory, int at, const char *path);

/* The next name, valid until the next call ("." and ".." are names too), or null: then
 * directory->have is 0 at the end, or -errno, and fd is closed.  A walk of one's own needs nothing
 * but fd, the rest being 0. */
const char *entries_next(struct entries *directory);

/* What the next entry, or byte, is at; at the end null, as above.  The caller advances at.  call:
 * that of read(2) or getdents64(2). */
const char *entries_more(struct entries *from, long call);

#endif
