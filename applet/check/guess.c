/*
 * guess.c - "did you mean": was a known word meant by an unknown one?
 *
 * SPDX-License-Identifier: MIT
 */
#include "check/guess.h"

#include <ctype.h>

/* Takes what both have in common where take() takes from. */
static void skip_common(struct bytes *a, struct bytes *b, int (*take)(struct bytes *))
{
	struct bytes rest_a = *a, rest_b = *b;

	while (rest_a.left && rest_b.left && tolower(take(&rest_a)) == tolower(take(&rest_b))) {
		*a = rest_a;
		*b = rest_b;
	}
}

bool guess_is_near(struct bytes word, const char *known)
{
	struct bytes rest = bytes_of(known);
	size_t most = rest.left < 5 ? 1 : 2;

	skip_common(&word, &rest, bytes_get);
	skip_common(&word, &rest, bytes_get_last);
	return word.left <= most && rest.left <= most;
}
