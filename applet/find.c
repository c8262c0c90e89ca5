/*
 * find.c - which policies
 *
 * SPDX-License-Identifier: MIT
 */
#include "find.h"

#include <errno.h>
#include <fcntl.h>

#include "kernfs.h"
#include "pkcs7.h"
#include "regular.h"
#include "say.h"

int find_start(struct finder *finder)
{
	finder->count = 0;
	return directory_start(&finder->directories);
}

int find_read(int fd, const char *name, struct bytes *content)
{
	/* One byte more than the kernel takes, so that too long a file is seen to be. */
	static unsigned char buffer[PKCS7_MAX + 1];
	long got = kernfs_read(fd, buffer, sizeof(buffer));

	if (got < 0) {
		say_failure(name, "cannot be read", (int)got);
		return -1;
	}
	*content = (struct bytes){buffer, (size_t)got};
	return 0;
}

/* An argument: a descriptor, or -1 after an error was said. */
static int open_file(const char *name)
{
	struct file_status is;
	int fd = regular_open(AT_FDCWD, name, &is);

	if (fd == -EBADF)
		say(SAY_ERROR, "%s: is %pW, not a regular file", name, regular_kind(is.mode));
	else if (fd < 0)
		say_failure(name, "cannot be opened", fd);
	return fd;
}

int find_next(struct finder *finder)
{
	int fd, result;

	if (finder->files && finder->files[0]) {
		finder->name = finder->files[finder->count];
		if (!finder->name)
			return 0;
		finder->count++;
		fd = open_file(finder->name);
	} else if (embedded_count) {
		if (finder->count == embedded_count)
			return 0;
		finder->name = embedded[finder->count].name;
		finder->bytes = embedded[finder->count++].bytes;
		return 1;
	} else {
		fd = directory_next(&finder->directories);
		if (fd == -1)
			return 0;
		finder->name = finder->directories.path;
		finder->count++;
	}
	if (fd < 0)
		return -1;
	result = find_read(fd, finder->name, &finder->bytes);
	kernfs_close(fd);
	return result < 0 ? -1 : 1;
}
