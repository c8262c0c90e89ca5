/*
 * lines.h - a file of the kernel's, line by line
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef LINES_H
#define LINES_H

#include <stdint.h>

#include "bytes.h"

/* Set fd, an open file, and the rest to 0. */
struct lines {
	int fd;
	bool cut; /* the rest of a line is to be passed over */
	size_t have, at;
	char buffer[1024];
};

/* The next line, without its end and valid until the next call; of one longer than the buffer only
 * as much.  1, 0 (none left), or -errno. */
int lines_next(struct lines *lines, struct bytes *line);

/* The hexadecimal number (digits and lower-case letters) that the bytes begin with. */
uint64_t lines_hex(struct bytes text);

#endif
