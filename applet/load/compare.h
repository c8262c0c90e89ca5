/*
 * compare.h - a policy compared with what the kernel has, and with the others that were given
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef LOAD_COMPARE_H
#define LOAD_COMPARE_H

#include "load/candidate.h"

enum standing {
	STANDING_ABSENT, /* the kernel has none of that name */
	STANDING_NEWER,  /* it is newer than the kernel's */
	STANDING_SAME,   /* it has the kernel's version and text */
	STANDING_OLDER,  /* it is older than the kernel's */
};

/*
 * Compares it with the kernel's.  *kernels becomes the version that the kernel has, unless it has
 * none.
 *
 * False after an error was said: the kernel's cannot be read, or is of the same version and has
 * another text; what is asked for would not be what is enforced.
 */
bool compare_with_kernel(
	const struct candidate *candidate, enum standing *standing, struct policy_version *kernels);

/* Forgets the policies that were given before. */
void compare_start(void);

/*
 * Compares it with those that were given before: the kernel would refuse the second of two with one
 * name and version and different texts.  At most 1,024 are remembered; beyond, it is for the kernel
 * to refuse.
 *
 * False after an error was said.
 */
bool compare_with_given(const struct candidate *candidate);

#endif
