/*
 * find.h - which policies
 *
 * The first of these that has any: the files named as arguments, those embedded at build time,
 * those in the directories.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef FIND_FIND_H
#define FIND_FIND_H

#include "find/directories.h"
#include "policy/bytes.h"

/* Where to look. */
struct sources {
	char *const *files; /* named as arguments, with a null pointer behind the last; or null */
	bool dash_is_stdin; /* "-" among them is standard input, not a file */
	bool directories_only; /* not what is named or embedded */
	struct directories_wanted directories;
};

/* A walk over the policies.  It is large (two paths): to be static. */
struct finder {
	const struct sources *sources;
	unsigned count;       /* how many have been found, those that cannot be read among them */
	const char *name;     /* of the last one: a path, or an embedded policy's file name */
	bool in_directories;  /* it comes from the directories */
	struct bytes content; /* its bytes, valid until the next call.  Of a file longer than
				 PKCS7_MAX there are PKCS7_MAX + 1, which pkcs7_read() refuses */
	struct directories directories;
};

/* Begins at the first policy.  False after an error was said. */
bool find_start(struct finder *finder, const struct sources *sources);

/*
 * The next policy.  Never blocks, but for standard input.
 *
 * Returns 1, 0 when there is none left, or -1: one is there, but cannot be read; an error that
 * names it was said, and the next call goes on behind it.
 */
int find_next(struct finder *finder);

/* Are the policies those that were embedded? */
bool find_has_embedded(const struct sources *sources);

#endif
