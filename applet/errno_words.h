/*
 * errno_words.h - an errno in words
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef ERRNO_WORDS_H
#define ERRNO_WORDS_H

/* What an errno means, or null: it has no words here. */
const char *errno_words(int error);

#endif
