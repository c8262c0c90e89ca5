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
static int have, at; /* of what was read; at the end have is 0 or -errno */

void lines_open(int directory, const char *path)
{
	fd = kernfs_openat(directory, path, O_RDONLY);
	have = at = 0;
}

/* The next byte, or -1 at the end. */
static int next_byte(void)
{
	static unsigned char buffer[4096];

	if (at == have) {
		at = 0;
		have = fd;
		if (fd >= 0)
			have = (int)sys_read(fd, buffer, sizeof(buffer));
		if (have <= 0)
			return -1;
	}
	return buffer[at++];
}

int lines_next(struct bytes *line)
{
	static unsigned char buffer[16384];
	size_t length = 0;
	int byte;

	while ((byte = next_byte()) != '\n') {
		if (byte < 0) {
			kernfs_close(fd);
			return have;
		}
		if (length < sizeof(buffer))
			buffer[length++] = (unsigned char)byte;
	}
	*line = (struct bytes){buffer, length};
	return 1;
}

uint64_t lines_hex(struct bytes text)
{
	uint64_t number = 0;
	int byte;

	while ((byte = bytes_get(&text)) >= '0')
		number = number << 4 | (unsigned)((byte & 15) + (byte > '9' ? 9 : 0));
	return number;
}
