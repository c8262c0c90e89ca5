/*
 * find.c - which policies
 *
 * SPDX-License-Identifier: MIT
 */
#define _GNU_SOURCE
#include "find/find.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "find/embedded.h"
#include "find/regular_file.h"
#include "kernel/file.h"
#include "policy/pkcs7.h"
#include "say.h"

static bool has_named(const struct sources *sources)
{
	return !sources->directories_only && sources->files && sources->files[0];
}

bool find_has_embedded(const struct sources *sources)
{
	return !sources->directories_only && !has_named(sources) && embedded_count > 0;
}

bool find_start(struct finder *finder, const struct sources *sources)
{
	finder->sources = sources;
	finder->count = 0;
	finder->in_directories = !has_named(sources) && !find_has_embedded(sources);
	if (!finder->in_directories)
		return true;
	return directories_open(&finder->directories, &sources->directories);
}

/* Opens a file that was named as an argument: a descriptor, or -1 after an error was said. */
static int open_named(const struct sources *sources, const char *name)
{
	struct file_identity is;
	int fd;

	if (sources->dash_is_stdin && !strcmp(name, "-")) {
		/* From its beginning, also when it is named again.  A pipe has nothing left then.
		 */
		lseek(STDIN_FILENO, 0, SEEK_SET);
		return STDIN_FILENO;
	}
	fd = regular_file_open(AT_FDCWD, name, &is);
	if (fd == -EBADF)
		fail("%s: is %s, not a regular file", name, file_type_words(&is));
	else if (fd < 0)
		fail_errno(fd, "%s: cannot be opened", name);
	return fd < 0 ? -1 : fd;
}

/* Reads the policy: 1, or -1 after an error was said. */
static int read_content(struct finder *finder, int fd)
{
	/* One byte more than the kernel takes: a file that is too long is seen to be. */
	static unsigned char buffer[PKCS7_MAX + 1];
	long got = file_read(fd, buffer, sizeof(buffer));

	if (fd != STDIN_FILENO)
		close(fd);
	if (got < 0) {
		fail_errno((int)got, "%s: cannot be read", finder->name);
		return -1;
	}
	finder->content = (struct bytes){buffer, (size_t)got};
	return 1;
}

static int next_named(struct finder *finder)
{
	const char *name = finder->sources->files[finder->count];
	int fd;

	if (!name)
		return 0;
	finder->name = name;
	finder->count++;
	fd = open_named(finder->sources, name);
	return fd < 0 ? -1 : read_content(finder, fd);
}

static int next_embedded(struct finder *finder)
{
	if (finder->count == embedded_count)
		return 0;
	finder->name = embedded[finder->count].name;
	finder->content = embedded[finder->count].message;
	finder->count++;
	return 1;
}

static int next_in_directories(struct finder *finder)
{
	int fd = directories_next(&finder->directories);

	if (fd == 0)
		return 0;
	finder->name = finder->directories.path;
	finder->count++;
	return fd < 0 ? -1 : read_content(finder, fd);
}

int find_next(struct finder *finder)
{
	if (has_named(finder->sources))
		return next_named(finder);
	if (find_has_embedded(finder->sources))
		return next_embedded(finder);
	return next_in_directories(finder);
}
