/*
 * bytes.h - a bounds-checked cursor over bytes from outside
 *
 * Policies and signed messages are read through this and nothing else.  A getter advances and
 * returns what it took, or says that it could not; no caller does index arithmetic.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef POLICY_BYTES_H
#define POLICY_BYTES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct bytes {
	const unsigned char *at; /* the next byte; may be anything when left is 0 */
	size_t left;             /* how many there are from here on */
};

/* The bytes of a C string, without its NUL. */
struct bytes bytes_of(const char *text);

/* Puts a C string there, with its NUL, and returns where that is: stpcpy().  The caller has seen to
 * it that there is room. */
char *bytes_put(char *to, const char *from);

/* Takes one byte: 0 to 255, or -1 when there is none. */
int bytes_get(struct bytes *from);

/* Takes the last byte, likewise. */
int bytes_get_last(struct bytes *from);

/* Takes the next count bytes as a slice of their own.  False when there are not so many. */
bool bytes_take(struct bytes *from, size_t count, struct bytes *slice);

/* Takes what stands before the first separator, and takes that too: strsep().  A tab separates
 * where a blank does.  False when there is none, and all has been taken. */
bool bytes_until(struct bytes *from, struct bytes *part, int separator);

/* Is this word one of those in the list, with separators between? */
bool bytes_list(struct bytes list, const char *word, int separator);

/* Are both the same bytes? */
bool bytes_equal(struct bytes a, struct bytes b);

/* Are they those of this C string? */
bool bytes_are(struct bytes bytes, const char *text);

/* A key for what key is already one for and these bytes, with the given bits set in each: equal
 * ones have equal keys, and others hardly ever (FNV-1a, with more than a byte at once). */
uint64_t bytes_mix(uint64_t key, struct bytes bytes, unsigned bits);
static inline uint64_t bytes_mix_number(uint64_t key, uint64_t with)
{
	return (key ^ with) * 0x1000193;
}

/* Takes prefix if the bytes begin with it; did they? */
bool bytes_skip(struct bytes *from, const char *prefix);

/*
 * A list of words is one string with a NUL behind each word; an empty word ends it.
 *
 * Takes the first word of a list that the bytes begin with.  Its index; or, with nothing taken, how
 * many words there are.
 */
unsigned bytes_skip_word(struct bytes *from, const char *list);

/* The word of that index. */
const char *bytes_word(const char *list, unsigned index);

#endif
