/*
 * guess.h - "did you mean": was a known word meant by an unknown one?
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef CHECK_GUESS_H
#define CHECK_GUESS_H

#include "policy/bytes.h"

/*
 * Does word differ from the known one in one place only, and little: in at most two bytes, or one
 * where the known word has less than five?  Small letters and capitals are the same here.
 */
bool guess_is_near(struct bytes word, const char *known);

#endif
