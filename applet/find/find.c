/*
 * find.c - which policies
 *
 * SPDX-License-Identifier: MIT
 */
#include "find/find.h"

#include <errno.h>
#include <fcntl.h>

#include "find/regular.h"
#include "kernel/kernfs.h"
#include "policy/pkcs7.h"
#include "say.h"

int find_start(struct finder *finder)
{
	finder->count = 0;
	return directory_start(&finder->directories);
}

/* An argument: a descriptor, or -1 after an error was said. */
static int open_file(const struct finder *finder, const char *name)
{
	int fd;

	if (finder->standard_input && !strcmp(name, "-"))
		return 0;
	fd = regular_open(AT_FDCWD, name);
	if (fd < 0)
		regular_say(name, fd, "");
	return fd;
}

int find_next(struct finder *finder)
{
	/* One byte more than the kernel takes, so that too long a file is seen to be. */
	static unsigned char buffer[PKCS7_MAX + 1];
	const char *name;
	long got;
	int fd;

	if (finder->files && finder->files[0]) {
		name = finder->files[finder->count];
		if (!name)
			return 0;
		finder->name = name;
		fd = open_file(finder, name);
	} else if (embedded_count && !finder->directories_only) {
		if (finder->count == embedded_count)
			return 0;
		finder->name = embedded[finder->count].name;
		finder->bytes = embedded[finder->count++].bytes;
		return 1;
	} else {
		fd = directory_next(&finder->directories);
		if (!fd)
			return 0;
		finder->name = finder->directories.path;
	}
	finder->count++;
	if (fd < 0)
		return -1;
	got = kernfs_read(fd, buffer, sizeof(buffer));
	/* Standard input is not ours, and may be asked for again. */
	if (fd)
		kernfs_close(fd);
	if (got < 0) {
		say_failure(finder->name, "cannot be read", (int)got);
		return -1;
	}
	finder->bytes = (struct bytes){buffer, (size_t)got};
	return 1;
}
