/*
 * entries.c - the names in a directory
 *
 * SPDX-License-Identifier: MIT
 */
#include "entries.h"

#include <dirent.h>
#include <fcntl.h>
#include <stddef.h>

#include "kernfs.h"
#include "system.h"

void entries_open(struct entries *directory, int at, const char *path)
{
	directory->fd = kernfs_openat(at, path, O_RDONLY | O_DIRECTORY);
	directory->at = directory->have = 0;
}

const char *entries_more(struct entries *from, long call)
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

const char *entries_next(struct entries *directory)
{
	const char *entry = entries_more(directory, SYS_getdents64);

	if (entry) {
		directory->at += ((const struct dirent *)entry)->d_reclen;
		entry += offsetof(struct dirent, d_name);
	}
	return entry;
}
