/*
 * embedded.h - the policies that were embedded at build time
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef FIND_EMBEDDED_H
#define FIND_EMBEDDED_H

#include "policy/bytes.h"

struct embedded_policy {
	const char *name; /* of the file that it was */
	struct bytes message;
};

/* The build makes both: see the rule for embedded.c in the Makefile. */
extern const struct embedded_policy embedded[];
extern const size_t embedded_count;

#endif
