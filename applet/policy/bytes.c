/*
 * bytes.c - a bounds-checked cursor over bytes from outside
 *
 * SPDX-License-Identifier: MIT
 */
#include "policy/bytes.h"

#include <ctype.h>
#include <string.h>

struct bytes bytes_of(const char *text)
{
	return (struct bytes){(const unsigned char *)text, strlen(text)};
}

int bytes_get(struct bytes *from)
{
	if (!from->left)
		return -1;
	from->left--;
	return *from->at++;
}

int bytes_get_last(struct bytes *from)
{
	if (!from->left)
		return -1;
	from->left--;
	return from->at[from->left];
}

bool bytes_take(struct bytes *from, size_t count, struct bytes *slice)
{
	if (count > from->left)
		return false;
	*slice = (struct bytes){from->at, count};
	from->at += count;
	from->left -= count;
	return true;
}

bool bytes_until(struct bytes *from, struct bytes *part, const char *separators)
{
	int byte;

	*part = (struct bytes){from->at, 0};
	while ((byte = bytes_get(from)) >= 0) {
		if (bytes_has(bytes_of(separators), (unsigned char)byte))
			return true;
		part->left++;
	}
	return false;
}

bool bytes_skip(struct bytes *from, const char *prefix)
{
	struct bytes rest = *from;

	for (; *prefix; prefix++)
		if (bytes_get(&rest) != (unsigned char)*prefix)
			return false;
	*from = rest;
	return true;
}

unsigned bytes_skip_word(struct bytes *from, const char *const words[], unsigned count)
{
	unsigned index = 0;

	while (index < count && !bytes_skip(from, words[index]))
		index++;
	return index;
}

bool bytes_has(struct bytes bytes, unsigned char wanted)
{
	int byte;

	while ((byte = bytes_get(&bytes)) >= 0)
		if (byte == wanted)
			return true;
	return false;
}

bool bytes_equal(struct bytes a, struct bytes b)
{
	if (a.left != b.left)
		return false;
	/* of none, at may be anything, and then memcmp() is not to be called */
	return !a.left || !memcmp(a.at, b.at, a.left);
}

bool bytes_are(struct bytes bytes, const char *text)
{
	return bytes_equal(bytes, bytes_of(text));
}

unsigned bytes_which(struct bytes bytes, const char *const words[], unsigned count)
{
	unsigned index = 0;

	while (index < count && !bytes_are(bytes, words[index]))
		index++;
	return index;
}

bool bytes_list_has(struct bytes list, const char *word, const char *separators)
{
	struct bytes element;
	bool more;

	do {
		more = bytes_until(&list, &element, separators);
		if (bytes_are(element, word))
			return true;
	} while (more);
	return false;
}

static uint64_t hash_byte(uint64_t hash, unsigned byte)
{
	return (hash ^ byte) * UINT64_C(0x100000001b3);
}

uint64_t bytes_hash(uint64_t hash, struct bytes bytes)
{
	int byte;

	while ((byte = bytes_get(&bytes)) >= 0)
		hash = hash_byte(hash, (unsigned)byte);
	return hash;
}

uint64_t bytes_hash_caseless(uint64_t hash, struct bytes bytes)
{
	int byte;

	while ((byte = bytes_get(&bytes)) >= 0)
		hash = hash_byte(hash, (unsigned)tolower(byte));
	return hash;
}
