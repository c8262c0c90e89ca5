/*
 * generate.h - policies at random, good ones and spoiled ones
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef GENERATE_H
#define GENERATE_H

#include <stddef.h>
#include <stdint.h>

/* The most bytes that generate() writes. */
#define GENERATE_MAX 16384

/*
 * Writes a policy to the buffer, which has GENERATE_MAX bytes, and returns its length.  *state is
 * any number; the same number gives the same policy, and it is stepped on.
 */
size_t generate(uint64_t *state, unsigned char *buffer);

#endif
