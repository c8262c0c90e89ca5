/*
 * bytes.c - a bounds-checked cursor over bytes from outside
 *
 * SPDX-License-Identifier: MIT
 */
#include "policy/bytes.h"

struct bytes bytes_of(const char *text)
{
	return (struct bytes){(const unsigned char *)text, strlen(text)};
}

char *bytes_put(char *to, const char *from)
{
	while ((*to = *from++))
		to++;
	return to;
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
	return from->left ? from->at[--from->left] : -1;
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

bool bytes_until(struct bytes *from, struct bytes *part, int separator)
{
	int byte;

	*part = (struct bytes){from->at, 0};
	while ((byte = bytes_get(from)) >= 0) {
		if ((byte == '\t' ? ' ' : byte) == separator)
			return true;
		part->left++;
	}
	return false;
}

bool bytes_list(struct bytes list, const char *word, int separator)
{
	struct bytes part;
	bool more;

	do {
		more = bytes_until(&list, &part, separator);
		if (bytes_are(part, word))
			return true;
	} while (more);
	return false;
}

bool bytes_equal(struct bytes a, struct bytes b)
{
	/* of none, at may be anything, also for memcmp */
	return a.left == b.left && (!a.left || !memcmp(a.at, b.at, a.left));
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

uint64_t bytes_mix(uint64_t key, struct bytes bytes, unsigned bits)
{
	/* without bytes_get(): every text goes through here, whole */
	for (; bytes.left; bytes.left--)
		key = bytes_mix_number(key, *bytes.at++ | bits);
	return key;
}

bool bytes_are(struct bytes bytes, const char *text)
{
	return bytes_skip(&bytes, text) && !bytes.left;
}

unsigned bytes_skip_word(struct bytes *from, const char *list)
{
	unsigned index = 0;

	while (*list && !bytes_skip(from, list)) {
		list = bytes_word(list, 1);
		index++;
	}
	return index;
}

const char *bytes_word(const char *list, unsigned index)
{
	while (index--)
		list += strlen(list) + 1;
	return list;
}
