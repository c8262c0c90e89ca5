/*
 * lines.h - a file of the kernel's, line by line
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef KERNEL_LINES_H
#define KERNEL_LINES_H

#include <stdint.h>

#include "policy/bytes.h"

/* Begins with the file at path below the open directory at; one at a time.  What keeps it from
 * being opened is told by the first lines_next, as what keeps it from being read. */
void lines_open(int at, const char *path);

/* The next line, without its end and valid until the next call; of one longer than 16,384 bytes
 * only as much.  1, 0 (none left), or -errno; then the file is closed. */
int lines_next(struct bytes *line);

/* Takes the hexadecimal number (digits and lower-case letters) that the bytes begin with, and what
 * ends it. */
uint64_t lines_hex(struct bytes *text);

#endif
