/*
 * entries.h - the names in a directory
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef ENTRIES_H
#define ENTRIES_H

/* A walk over a directory.  Set fd, an open directory, and the rest to 0. */
struct entries {
	int fd;
	long have, at; /* in buffer; after the end have is 0, or -errno */
	/* Several entries: one with the longest name has 280 bytes. */
	_Alignas(8) char buffer[2048];
};

/* The next name, valid until the next call ("." and ".." are names too), or null: then
 * directory->have is 0 at the end, or -errno.  fd stays open. */
const char *entries_next(struct entries *directory);

#endif
