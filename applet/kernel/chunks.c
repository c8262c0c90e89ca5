/*
 * chunks.c - what a descriptor gives, a buffer at a time
 *
 * SPDX-License-Identifier: MIT
 */
#include "kernel/chunks.h"

#include <fcntl.h>

#include "kernel/kernfs.h"
#include "kernel/system.h"

void chunks_open(struct chunks *from, int at, const char *path, int flags)
{
	from->fd = kernfs_openat(at, path, O_RDONLY | flags);
	from->at = from->have = 0;
}

const char *chunks_next(struct chunks *from, long call)
{
	if (from->at >= from->have) {
		from->at = 0;
		from->have = from->fd;
		if (from->fd >= 0)
			from->have = (int)system_call3(
				call, from->fd, (long)from->buffer, sizeof(from->buffer));
		if (from->have <= 0) {
			kernfs_close(from->fd);
			return 0;
		}
	}
	return from->buffer + from->at;
}
