/*
 * find.h - which policies
 *
 * The first of these that has any: the files named as arguments, the policies embedded at build
 * time, the directories.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef FIND_FIND_H
#define FIND_FIND_H

#include "find/directories.h"
#include "policy/bytes.h"

struct finder {
	char *const *files;    /* named as arguments, a null pointer ends them; may be
				  null */
	bool standard_input;   /* "-" among them is that, not a file */
	bool directories_only; /* not what is embedded */
	unsigned count;        /* how many have been found, those that cannot be read too */
	const char *name;      /* of the last one: a path, or an embedded policy's file name */
	struct bytes bytes;    /* its content, valid until the next call.  Of a file longer than
				  PKCS7_MAX that many bytes and one, which its reader refuses */

	struct directory_search directories; /* root and place are the caller's to set */
};

/* How many policies are embedded; the build makes both. */
struct embedded_policy {
	const char *name;
	struct bytes bytes;
};
extern const struct embedded_policy embedded[];
extern const size_t embedded_count;

/* Begins, or begins again.  Set what is not said to be found, the rest to 0, before the
 * first call.  0, or
 * -1 after an error was said. */
int find_start(struct finder *finder);

/*
 * The next policy.  1: there is one.  0: no more.  -1: one is there, but is not a regular file or
 * cannot be read; an error that names it has been said, and the next call goes on behind it.
 * Never blocks.
 */
int find_next(struct finder *finder);

#endif
