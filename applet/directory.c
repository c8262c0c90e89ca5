/*
 * directory.c - the directories that policies lie in
 *
 * SPDX-License-Identifier: MIT
 */
#include "directory.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>

#include "bytes.h"
#include "entries.h"
#include "kernfs.h"
#include "regular.h"
#include "say.h"
#include "system.h"

/* Lists of words. */
static const char *const prefixes = "/etc\0/run\0/usr/local/lib\0/usr/lib\0";
static const char *const places = "/ipe/\0/ipe/initrd/\0/ipe/final/\0";

/* The next name, and the prefix that it was found under. */
static char least[NAME_MAX + 1];
static const char *found;

int directory_start(struct directory_search *search)
{
	size_t length;
	int fd;

	search->name[0] = 0;
	search->any = false;
	search->fallen_back = false;
	search->ended = false;
	if (search->root_fd)
		return 0;
	fd = AT_FDCWD;
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
		memcpy(search->path, search->root, length);
		search->root_length = length;
	}
	search->root_fd = fd;
	return 0;
}

static int resolve(const struct directory_search *search, int flags)
{
	return regular_resolve(search->root_fd, search->path + search->root_length, flags);
}

static char *append(char *to, const char *from)
{
	while ((*to = *from++))
		to++;
	return to;
}

/* search->path becomes ROOT/PREFIX/PLACE/NAME. */
static void set_path(struct directory_search *search, const char *prefix, const char *name)
{
	char *end = append(search->path + search->root_length, prefix);

	end = append(end, bytes_word(places, search->fallen_back ? PLACE_PLAIN : search->place));
	append(end, name);
}

/* Lowers least to the least policy's name in the directory that is above the last one and below
 * least (if that is not "").  Takes a descriptor, which it closes, or -errno.  0 or -errno. */
static int scan(const struct directory_search *search, int fd, const char *prefix)
{
	static struct entries entries;
	const char *name;
	size_t length;

	entries.fd = fd;
	entries.at = entries.have = 0;
	while ((name = entries_next(&entries))) {
		length = strlen(name);
		if (*name == '.' || length <= 4 || length > NAME_MAX ||
			strcmp(name + length - 4, ".p7b") || strcmp(name, search->name) <= 0 ||
			(*least && strcmp(name, least) >= 0))
			continue;
		append(least, name);
		found = prefix;
	}
	return (int)entries.have;
}

/* May it be read from here?  For the hand-over, what the initramfs, or anybody since, has mounted
 * over the root is not what the root's integrity vouches for.  1, 0 or -errno (also for fd). */
static int trusted(const struct directory_search *search, int fd)
{
	struct file_status root, here;
	int error;

	if (search->place != PLACE_FINAL)
		return 1;
	error = regular_statx(search->root_fd, search->root_length ? "" : "/", &root);
	if (!error)
		error = regular_statx(fd, "", &here);
	return error ? error : regular_same_device(&root, &here);
}

/* Sets path to the next name's.  1, 0 when there is none, -1 after an error was said. */
static int next_name(struct directory_search *search)
{
	const char *prefix;
	int fd, error;

	*least = 0;
	for (prefix = prefixes; *prefix; prefix = bytes_word(prefix, 1)) {
		if (search->place == PLACE_FINAL && prefix[1] == 'r')
			continue;
		set_path(search, prefix, "");
		fd = resolve(search, O_RDONLY | O_DIRECTORY);
		if (fd == -ENOENT)
			continue;
		error = trusted(search, fd);
		if (error > 0) {
			error = scan(search, fd, prefix);
		} else {
			kernfs_close(fd);
			if (!error)
				say(SAY_NOTE, "%s: passed over: not on the file system of /",
					search->path);
		}
		if (error) {
			say_failure(search->path, "cannot be read", error);
			return -1;
		}
	}
	if (!*least)
		return 0;
	append(search->name, least);
	set_path(search, found, least);
	return 1;
}

/* Opens the file at path: a descriptor, -1 for a mask, -2 after an error was said. */
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
		return -1;
	fd = regular_open(search->root_fd, search->path + search->root_length);
	if (fd < 0) {
		if (length < 0 || fd != -ENOENT) {
			if (length >= 0 && fd == -EBADF && S_ISCHR(regular_found.mode) &&
				regular_found.rdev_major == 1 && regular_found.rdev_minor == 3)
				return -1;
			regular_say(search->path, fd, " (an empty file masks a policy)");
		} else {
			say(SAY_ERROR, "%s: is a link to nothing", search->path);
		}
		return -2;
	}
	if (!regular_found.size) {
		sys_close(fd);
		return -1;
	}
	length = trusted(search, fd);
	if (length > 0)
		return fd;
	sys_close(fd);
	if (length)
		regular_say(search->path, (int)length, "");
	else
		say(SAY_ERROR, "%s: is a link to another file system than that of /", search->path);
	return -2;
}

int directory_next(struct directory_search *search)
{
	int fd;

	while (!search->ended) {
		fd = next_name(search);
		if (fd > 0) {
			fd = open_policy(search);
			if (fd == -1)
				continue;
			search->any = true;
			return fd;
		}
		if (!fd && search->place == PLACE_INITRD && !search->any && !search->fallen_back) {
			search->fallen_back = true;
			search->name[0] = 0;
			continue;
		}
		search->ended = true;
		if (fd)
			return -2;
	}
	return -1;
}
