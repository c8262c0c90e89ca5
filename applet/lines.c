/*
 * lines.c - a file of the kernel's, line by line
 *
 * SPDX-License-Identifier: MIT
 */
#include "lines.h"

#include <errno.h>
#include <unistd.h>

int lines_next(struct lines *lines, struct bytes *line)
{
	const char *start, *end;
	bool passed_over;
	ssize_t got;

	for (;;) {
		start = lines->buffer + lines->at;
		end = memchr(start, '\n', lines->have - lines->at);
		if (end || (!lines->at && lines->have == sizeof(lines->buffer))) {
			*line = (struct bytes){(const unsigned char *)start,
				end ? (size_t)(end - start) : lines->have};
			lines->at += line->left + !!end;
			passed_over = lines->cut;
			lines->cut = !end;
			if (passed_over)
				continue;
			return 1;
		}
		lines->have -= lines->at;
		memmove(lines->buffer, start, lines->have);
		lines->at = 0;
		got = read(lines->fd, lines->buffer + lines->have,
			sizeof(lines->buffer) - lines->have);
		if (got <= 0)
			return got ? -errno : 0;
		lines->have += (size_t)got;
	}
}

uint64_t lines_hex(struct bytes text)
{
	uint64_t number = 0;
	int byte;

	while ((byte = bytes_get(&text)) >= '0')
		number = number << 4 | (unsigned)((byte & 15) + (byte > '9' ? 9 : 0));
	return number;
}
