/*
 * bytes.h - a bounds-checked cursor over bytes from outside
 *
 * Policies and signed messages are read through this and nothing else.  A function that takes
 * something advances the cursor and returns what it took, or says that it could not; no caller does
 * index arithmetic.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef POLICY_BYTES_H
#define POLICY_BYTES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct bytes {
	const unsigned char *at; /* the next byte; may be anything when left is 0 */
	size_t left;             /* how many there are from here on */
};

/* The bytes of a C string, without its NUL. */
struct bytes bytes_of(const char *text);

/* Takes the first byte: 0 to 255, or -1 when there is none. */
int bytes_get(struct bytes *from);

/* Takes the last byte: 0 to 255, or -1 when there is none. */
int bytes_get_last(struct bytes *from);

/* Takes the first count bytes as a slice.  False, and nothing is taken, when there are not so many.
 */
bool bytes_take(struct bytes *from, size_t count, struct bytes *slice);

/* Takes the bytes up to the first that is one of separators, and that one too, like strsep(3).
 * *part becomes what stands before it.  False when there is no separator: *part is all there was.
 */
bool bytes_until(struct bytes *from, struct bytes *part, const char *separators);

/* Takes prefix if the bytes begin with it.  False, and nothing is taken, if they do not. */
bool bytes_skip(struct bytes *from, const char *prefix);

/* Takes the first of the words that the bytes begin with, and returns its index; or takes nothing
 * and returns count. */
unsigned bytes_skip_word(struct bytes *from, const char *const words[], unsigned count);

/* Is this byte among them? */
bool bytes_has(struct bytes bytes, unsigned char wanted);

/* Are both the same bytes? */
bool bytes_equal(struct bytes a, struct bytes b);

/* Are they those of this C string? */
bool bytes_are(struct bytes bytes, const char *text);

/* Which of the words are they?  Its index, or count if they are none of them. */
unsigned bytes_which(struct bytes bytes, const char *const words[], unsigned count);

/* Is word an element of the list, whose elements have one of separators between them? */
bool bytes_list_has(struct bytes list, const char *word, const char *separators);

/* FNV-1a with 64 bits: goes on from hash, the first time BYTES_HASH_START, with these bytes.  It is
 * not made to withstand somebody who looks for two texts with the same hash. */
#define BYTES_HASH_START UINT64_C(0xcbf29ce484222325)
uint64_t bytes_hash(uint64_t hash, struct bytes bytes);

/* The same, where an ASCII capital counts as its small letter. */
uint64_t bytes_hash_caseless(uint64_t hash, struct bytes bytes);

#endif
