/*
 * bytes.h - a bounds-checked cursor over bytes from outside
 *
 * Policies and signed messages are read through this and nothing else.  A getter advances and
 * returns true, or changes nothing and returns false; no caller does index arithmetic.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BYTES_H
#define BYTES_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

struct bytes {
	const unsigned char *at; /* the next byte; may be anything when left is 0 */
	size_t left;             /* how many there are from here on */
};

/* The bytes of a C string, without its NUL. */
static inline struct bytes bytes_of(const char *text)
{
	return (struct bytes){(const unsigned char *)text, strlen(text)};
}

/* Takes one byte. */
static inline bool bytes_get(struct bytes *from, unsigned char *byte)
{
	if (!from->left)
		return false;
	*byte = *from->at++;
	from->left--;
	return true;
}

/* Takes the last byte. */
static inline bool bytes_get_last(struct bytes *from, unsigned char *byte)
{
	if (!from->left)
		return false;
	*byte = from->at[--from->left];
	return true;
}

/* Takes the next count bytes as a slice of their own. */
static inline bool bytes_take(struct bytes *from, size_t count, struct bytes *slice)
{
	if (count > from->left)
		return false;
	*slice = (struct bytes){from->at, count};
	from->at += count;
	from->left -= count;
	return true;
}

/* Are both the same bytes? */
static inline bool bytes_equal(struct bytes a, struct bytes b)
{
	return a.left == b.left && (!a.left || !memcmp(a.at, b.at, a.left));
}

/* Takes prefix if the bytes begin with it. */
static inline bool bytes_skip(struct bytes *from, const char *prefix)
{
	struct bytes rest = *from;
	unsigned char byte;

	for (; *prefix; prefix++)
		if (!bytes_get(&rest, &byte) || byte != (unsigned char)*prefix)
			return false;
	*from = rest;
	return true;
}

#endif
