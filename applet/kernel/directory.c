/*
 * directory.c - the names in a directory
 *
 * SPDX-License-Identifier: MIT
 */
#define _GNU_SOURCE
#include "kernel/directory.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "kernel/file.h"

void directory_from(struct directory *directory, int fd)
{
	directory->fd = fd;
	directory->have = 0;
	directory->next = 0;
}

int directory_open(struct directory *directory, int at, const char *path)
{
	int fd = file_open(at, path, O_RDONLY | O_DIRECTORY);

	if (fd < 0)
		return fd;
	directory_from(directory, fd);
	return 0;
}

int directory_next(struct directory *directory, const char **name)
{
	const struct dirent *entry;

	if (directory->next == directory->have) {
		directory->next = 0;
		directory->have = (int)syscall(SYS_getdents64, directory->fd, directory->entries,
			sizeof(directory->entries));
		if (directory->have < 0) {
			directory->have = 0;
			return -errno;
		}
		if (directory->have == 0)
			return 0;
	}
	entry = (const struct dirent *)(directory->entries + directory->next);
	directory->next += entry->d_reclen;
	*name = entry->d_name;
	return 1;
}

void directory_close(struct directory *directory)
{
	close(directory->fd);
}
