/*
 * entries.c - the names in a directory
 *
 * SPDX-License-Identifier: MIT
 */
#include "kernel/entries.h"

#include <dirent.h>
#include <fcntl.h>
#include <stddef.h>

#include "kernel/system.h"

void entries_open(struct chunks *directory, int at, const char *path)
{
	chunks_open(directory, at, path, O_DIRECTORY);
}

const char *entries_next(struct chunks *directory)
{
	const char *entry = chunks_next(directory, SYS_getdents64);

	if (entry) {
		directory->at += ((const struct dirent *)entry)->d_reclen;
		entry += offsetof(struct dirent, d_name);
	}
	return entry;
}
