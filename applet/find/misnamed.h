/*
 * misnamed.h - signed policies that are not named *.p7b, and so are never loaded
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef FIND_MISNAMED_H
#define FIND_MISNAMED_H

#include "find/directories.h"

/* A walk over them.  It is large (a path): to be static. */
struct misnamed {
	struct directories_wanted wanted;
	struct directories directories; /* .path: of the last file that was looked into */
	bool any_file; /* there was one, policy or not, whose name does not begin with a dot */
};

/* Begins with the first one in that place, in the system root if it is not null.  False after an
 * error was said. */
bool misnamed_start(struct misnamed *misnamed, enum place place, const char *system_root);

/*
 * Finds the next regular file whose name does not end with ".p7b", or begins with a dot, and which
 * holds a signed message with a text in it.  As with policies, a file hides one of the same name
 * further down, and a link to /dev/null masks it.  Never blocks, and reads at most PKCS7_MAX + 1
 * bytes of a file.
 *
 * Returns 1, 0 when there is none left, or -1 after an error was said: a directory cannot be read.
 */
int misnamed_next(struct misnamed *misnamed);

#endif
