/*
 * lines.c - a file of the kernel's, line by line
 *
 * SPDX-License-Identifier: MIT
 */
#include "lines.h"

#include <fcntl.h>

#include "kernfs.h"
#include "system.h"

static int fd;
static bool cut; /* the rest of a line is to be passed over */
static size_t have, at;
static char buffer[16384];

void lines_open(int directory, const char *path)
{
	fd = kernfs_openat(directory, path, O_RDONLY);
	cut = false;
	have = at = 0;
}

int lines_next(struct bytes *line)
{
	const char *start, *end;
	bool passed_over;
	long got;

	for (;;) {
		start = buffer + at;
		end = memchr(start, '\n', have - at);
		if (end || (!at && have == sizeof(buffer))) {
			*line = (struct bytes){
				(const unsigned char *)start, end ? (size_t)(end - start) : have};
			at += line->left + !!end;
			passed_over = cut;
			cut = !end;
			if (passed_over)
				continue;
			return 1;
		}
		have -= at;
		memmove(buffer, start, have);
		at = 0;
		got = fd;
		if (fd >= 0)
			got = sys_read(fd, buffer + have, sizeof(buffer) - have);
		if (got <= 0) {
			kernfs_close(fd);
			return (int)got;
		}
		have += (size_t)got;
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
