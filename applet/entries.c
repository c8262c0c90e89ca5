/*
 * entries.c - the names in a directory
 *
 * SPDX-License-Identifier: MIT
 */
#include "entries.h"

#include <dirent.h>
#include <fcntl.h>

#include "kernfs.h"
#include "system.h"

void entries_open(struct entries *directory, int at, const char *path)
{
	directory->fd = kernfs_openat(at, path, O_RDONLY | O_DIRECTORY);
	directory->at = directory->have = 0;
}

const char *entries_next(struct entries *directory)
{
	const struct dirent *entry;

	if (directory->at >= directory->have) {
		directory->at = 0;
		directory->have = directory->fd;
		if (directory->fd >= 0)
			directory->have = sys_getdents64(
				directory->fd, directory->buffer, sizeof(directory->buffer));
		if (directory->have <= 0) {
			kernfs_close(directory->fd);
			return 0;
		}
	}
	entry = (const struct dirent *)(directory->buffer + directory->at);
	directory->at += entry->d_reclen;
	return entry->d_name;
}
