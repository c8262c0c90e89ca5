/*
 * directories.c - the directories that policies lie in
 *
 * SPDX-License-Identifier: MIT
 */
#include "find/directories.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>

#include "find/regular.h"
#include "kernel/entries.h"
#include "kernel/kernfs.h"
#include "kernel/system.h"
#include "policy/bytes.h"
#include "say.h"

/* Lists of words.  Of the prefixes, one is not for PLACE_FINAL. */
static const char *const prefixes = "/etc\0/run\0/usr/local/lib\0/usr/lib";
enum { RUN = 1, PREFIXES = 4 };
static const char *const places = "/ipe/\0/ipe/initrd/\0/ipe/final/";

/* The next name, as far as it has been found. */
static char least[NAME_MAX + 1];

int directory_start(struct directory_search *search)
{
	size_t length;
	int fd;

	search->fallen_back = false;
	search->any = false;
	search->ended = false;
	search->name[0] = 0;
	if (search->root_fd)
		return 0;
	fd = AT_FDCWD;
	search->below = search->tried;
	length = search->root ? strlen(search->root) : 0;
	while (length && search->root[length - 1] == '/')
		length--;
	if (length) {
		fd = kernfs_openat(fd, search->root, O_PATH | O_DIRECTORY);
		if (fd < 0) {
			say_failure(search->root, "cannot be opened", fd);
			return -1;
		}
		/* What can be opened is shorter than PATH_MAX. */
		memcpy(search->tried, search->root, length);
		search->below += length;
	}
	search->root_fd = fd;
	return 0;
}

static int resolve(const struct directory_search *search, int flags)
{
	return regular_resolve(search->root_fd, search->below, flags);
}

/* search->tried becomes ROOT/PREFIX/PLACE/NAME. */
static void set_path(struct directory_search *search, unsigned prefix, const char *name)
{
	char *end = bytes_put(search->below, bytes_word(prefixes, prefix));

	/* fallen back, from PLACE_INITRD, to the one before it */
	end = bytes_put(end, bytes_word(places, search->place - search->fallen_back));
	bytes_put(end, name);
}

/* Lowers least to the least policy's name in the directory that is above the last one and below
 * least, if that has been found already, and sets found to prefix then.  Takes a descriptor, which
 * it closes, or -errno.  0 or -errno. */
static int scan(const struct directory_search *search, int fd, unsigned prefix, unsigned *found)
{
	static struct chunks entries;
	const char *name;
	size_t length;

	/* The rest needs no setting: each walk goes to its end, and leaves it as it must be. */
	entries.fd = fd;
	while ((name = entries_next(&entries))) {
		length = strlen(name);
		if (*name == '.' || length <= 4 || length > NAME_MAX ||
			strcmp(name + length - 4, ".p7b") || strcmp(name, search->name) <= 0 ||
			(*found < PREFIXES && strcmp(name, least) >= 0))
			continue;
		bytes_put(least, name);
		*found = prefix;
	}
	return entries.have;
}

/* May it be read from here?  For the hand-over, what the initramfs, or anybody since, has mounted
 * over the root is not what the root's integrity vouches for.  Positive, 0 or -errno (also for
 * fd). */
static int trusted(const struct directory_search *search, int fd)
{
	if (search->place != PLACE_FINAL)
		return REGULAR_SAME_FS;
	return regular_compare(search->root_fd, search->root_fd == AT_FDCWD ? "/" : "", fd, "");
}

/* Sets tried to the next name's.  1, 0 when there is none, -1 after an error was said. */
static int next_name(struct directory_search *search)
{
	unsigned prefix, found = PREFIXES;
	int fd, error;

	for (prefix = 0; prefix < PREFIXES; prefix++) {
		if (search->place == PLACE_FINAL && prefix == RUN)
			continue;
		set_path(search, prefix, "");
		fd = resolve(search, O_RDONLY | O_DIRECTORY);
		if (fd == -ENOENT)
			continue;
		error = trusted(search, fd);
		if (error <= 0) {
			kernfs_close(fd);
			fd = error;
		}
		if (!error) {
			say(SAY_NOTE, "%s: passed over: not on the file system of /",
				search->tried);
			continue;
		}
		error = scan(search, fd, prefix, &found);
		if (error) {
			say_failure(search->tried, "cannot be read", error);
			return -1;
		}
	}
	if (found == PREFIXES)
		return 0;
	bytes_put(search->name, least);
	set_path(search, found, least);
	return 1;
}

/* Opens the file at tried: a descriptor, 0 for a mask, -1 after an error was said. */
static int open_policy(struct directory_search *search)
{
	static const char null_device[] = "/dev/null";
	char target[sizeof(null_device)];
	long length;
	int fd;

	/* The link itself counts: an initramfs, or a system root in a directory, may have no /dev.
	 */
	fd = resolve(search, O_PATH | O_NOFOLLOW);
	length = system_call5(SYS_readlinkat, fd, (long)"", (long)target, sizeof(target), 0);
	kernfs_close(fd);
	if (length == sizeof(null_device) - 1 && !memcmp(target, null_device, (size_t)length))
		return 0;
	fd = regular_open(search->root_fd, search->below);
	if (fd <= 0) {
		if (length >= 0) {
			if (fd == -ENOENT) {
				say(SAY_ERROR, "%s: is a link to nothing", search->tried);
				return -1;
			}
			if (fd == -EBADF && S_ISCHR(regular_found.mode) &&
				regular_found.rdev_major == 1 && regular_found.rdev_minor == 3)
				return 0;
		} else if (fd == -EBADF && length != -ENOENT) {
			/* It may have been a mask: what kept it from being read is the reason. */
			fd = (int)length;
		}
		regular_say(search->tried, fd, " (an empty file masks a policy)");
		return -1;
	}
	if (!regular_found.size) {
		kernfs_close(fd);
		return 0;
	}
	length = trusted(search, fd);
	if (length > 0)
		return fd;
	kernfs_close(fd);
	if (length)
		regular_say(search->tried, (int)length, "");
	else
		say(SAY_ERROR, "%s: is not on the file system of /", search->tried);
	return -1;
}

int directory_next(struct directory_search *search)
{
	int fd;

	if (search->ended)
		return 0;
	for (;;) {
		fd = next_name(search);
		if (fd > 0) {
			fd = open_policy(search);
			if (!fd)
				continue;
			search->any = true;
			bytes_put(search->path, search->tried);
			return fd;
		}
		if (!fd && search->place == PLACE_INITRD && !search->any && !search->fallen_back) {
			search->fallen_back = true;
			search->name[0] = 0;
			continue;
		}
		search->ended = true;
		return fd;
	}
}
