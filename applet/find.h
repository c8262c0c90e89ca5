/*
 * find.h - which policies
 *
 * The first of these that has any: the files named as arguments, the policies embedded at build
 * time, the directories.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef FIND_H
#define FIND_H

#include "bytes.h"
#include "directory.h"

struct finder {
	char *const *files;           /* named as arguments, ended by a null pointer; may be null */
	enum directory_place places;  /* of the directories */
	struct directory_search from; /* its root may be set before find_next is first called */

	size_t count;     /* how many have been returned */
	const char *name; /* of the last one returned: a path, or an embedded policy's file name */
	struct bytes bytes; /* its content; valid until the next call.  Not more than PKCS7_MAX
			       bytes and one: a longer file is cut there, which the reader sees */
};

/* How many policies are embedded. */
extern const size_t embedded_count;

/* Begins, or begins again. */
void find_start(struct finder *finder);

/*
 * The next policy.  1: there is one.  0: no more.  -1: one is there, but is not a regular file or
 * cannot be read; an error that names it has been said.  Never blocks.
 */
int find_next(struct finder *finder);

/* Reads a regular file into the one buffer for contents, as find_next does for its files.  0, or -1
 * after an error was said. */
int find_read(int fd, const char *name, struct bytes *content);

#endif
