/*
 * memory.c - the C library's functions of memory and strings that are used here
 *
 * musl's are made for speed, and several times as long.  Only where start.c takes the place of
 * musl's start; a compiler may put in calls of the first four by itself.
 *
 * SPDX-License-Identifier: MIT
 */
#include <string.h>

#ifdef DIRECT_START

void *memcpy(void *restrict to, const void *restrict from, size_t size)
{
	char *out = to;
	const char *in = from;

	while (size--)
		*out++ = *in++;
	return to;
}

void *memmove(void *to, const void *from, size_t size)
{
	char *out = to;
	const char *in = from;

	if (out < in)
		return memcpy(to, from, size);
	while (size--)
		out[size] = in[size];
	return to;
}

void *memset(void *to, int byte, size_t size)
{
	char *out = to;

	while (size--)
		*out++ = (char)byte;
	return to;
}

int memcmp(const void *a, const void *b, size_t size)
{
	const unsigned char *left = a, *right = b;
	int differ = 0;

	for (; size && !differ; size--)
		differ = *left++ - *right++;
	return differ;
}

void *memchr(const void *in, int byte, size_t size)
{
	const unsigned char *at = in;

	for (; size; size--, at++)
		if (*at == (unsigned char)byte)
			return (void *)at;
	return 0;
}

size_t strlen(const char *string)
{
	size_t length = 0;

	while (string[length])
		length++;
	return length;
}

int strcmp(const char *a, const char *b)
{
	for (; *a && *a == *b; a++)
		b++;
	return (unsigned char)*a - (unsigned char)*b;
}

#endif
