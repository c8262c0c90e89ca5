/*
 * number.c - numbers as the kernel's files have them
 *
 * SPDX-License-Identifier: MIT
 */
#include "hold/number.h"

/* What the byte is as a digit of base 16, or 16. */
static unsigned digit_of(unsigned char byte)
{
	if (byte >= '0' && byte <= '9')
		return byte - '0';
	if (byte >= 'a' && byte <= 'f')
		return byte - 'a' + 10;
	return 16;
}

bool number_take(struct bytes *from, unsigned base, uint64_t *number)
{
	bool any = false;
	unsigned digit;

	*number = 0;
	while (from->left > 0 && (digit = digit_of(*from->at)) < base) {
		if (*number > (UINT64_MAX - digit) / base)
			return false;
		*number = *number * base + digit;
		bytes_get(from);
		any = true;
	}
	return any;
}

char *number_put(char *to, uint32_t number)
{
	if (number > 9)
		to = number_put(to, number / 10);
	*to = (char)('0' + number % 10);
	return to + 1;
}
