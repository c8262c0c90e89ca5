/*
 * lines.c - a file of the kernel's, line by line
 *
 * SPDX-License-Identifier: MIT
 */
#include "kernel/lines.h"

#include "kernel/chunks.h"
#include "kernel/system.h"

static struct chunks file;

void lines_open(int directory, const char *path)
{
	chunks_open(&file, directory, path, 0);
}

int lines_next(struct bytes *line)
{
	static unsigned char buffer[16384];
	size_t length = 0;
	const char *next;

	for (;;) {
		next = chunks_next(&file, SYS_read);
		if (!next)
			return file.have;
		file.at++;
		if (*next == '\n')
			break;
		if (length < sizeof(buffer))
			buffer[length++] = (unsigned char)*next;
	}
	*line = (struct bytes){buffer, length};
	return 1;
}

uint64_t lines_hex(struct bytes *text)
{
	uint64_t number = 0;
	int byte;

	while ((byte = bytes_get(text)) >= '0') {
		/* the lower four bits of 'a' are 1 */
		if (byte > '9')
			byte += 9;
		number = number << 4 | (unsigned)(byte & 15);
	}
	return number;
}
