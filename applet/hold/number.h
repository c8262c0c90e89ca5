/*
 * number.h - numbers as the kernel's files have them
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef HOLD_NUMBER_H
#define HOLD_NUMBER_H

#include "policy/bytes.h"

/* Takes the digits in base 10 or 16 that the bytes begin with.  False when there are none, or when
 * their number does not fit. */
bool number_take(struct bytes *from, unsigned base, uint64_t *number);

/* The most digits that number_put() writes. */
#define NUMBER_LONGEST 10

/* Writes the number's decimal digits, and no NUL.  Returns where they end. */
char *number_put(char *to, uint32_t number);

#endif
