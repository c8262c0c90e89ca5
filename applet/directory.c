/*
 * directory.c - the directories that policies lie in
 *
 * SPDX-License-Identifier: MIT
 */
#include "directory.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>

#include "entries.h"
#include "kernfs.h"
#include "regular.h"
#include "say.h"
#include "system.h"

static const char prefixes[][15] = {"/etc", "/run", "/usr/local/lib", "/usr/lib"};
static const char places[][13] = {"/ipe/", "/ipe/initrd/", "/ipe/final/"};

int directory_start(struct directory_search *search)
{
	search->name[0] = 0;
	search->any = false;
	search->fallen_back = false;
	search->ended = false;
	if (!search->root) {
		search->root_fd = AT_FDCWD;
	} else if (!search->root_fd) {
		search->root_fd = kernfs_openat(AT_FDCWD, search->root, O_PATH | O_DIRECTORY);
		if (search->root_fd < 0) {
			say_failure(search->root, "cannot be opened", search->root_fd);
			search->root_fd = 0;
			return -1;
		}
	}
	return 0;
}

/* The path as regular_resolve wants it, without the root. */
static const char *inside(const struct directory_search *search)
{
	return search->path + (search->root ? strlen(search->root) : 0);
}

/* search->path becomes ROOT/PREFIX/PLACE/NAME. */
static bool set_path(struct directory_search *search, unsigned prefix, const char *name)
{
	const char *parts[] = {search->root ? search->root : "", prefixes[prefix],
		places[search->fallen_back ? PLACE_PLAIN : search->place], name};
	size_t used = 0, length, i;

	for (i = 0; i < 4; i++) {
		length = strlen(parts[i]);
		if (length >= sizeof(search->path) - used)
			return false;
		memcpy(search->path + used, parts[i], length + 1);
		used += length;
	}
	return true;
}

static bool is_policy(const char *name)
{
	size_t length = strlen(name);

	return name[0] != '.' && length > 4 && length <= NAME_MAX &&
	       !strcmp(name + length - 4, ".p7b");
}

/* Lowers *least to the least policy's name in the directory that is above the last one and below
 * *least (if that is not ""); true if it did, false if there is none or -errno is in *error. */
static bool scan(
	const struct directory_search *search, int fd, char least[NAME_MAX + 1], int *error)
{
	static struct entries entries;
	bool lowered = false;
	const char *name;

	entries.fd = fd;
	entries.at = entries.have = 0;
	while ((name = entries_next(&entries))) {
		if (!is_policy(name) || strcmp(name, search->name) <= 0)
			continue;
		if (*least && strcmp(name, least) >= 0)
			continue;
		memcpy(least, name, strlen(name) + 1);
		lowered = true;
	}
	*error = (int)entries.have;
	return lowered;
}

/* May it be read from here?  For the hand-over, what the initramfs, or anybody since, has mounted
 * over the root is not what the root's integrity vouches for.  1, 0 or -errno. */
static int trusted(const struct directory_search *search, int fd)
{
	struct file_status root, here;
	int slash, error;

	if (search->place != PLACE_FINAL)
		return 1;
	slash = kernfs_openat(search->root_fd, search->root ? "." : "/", O_PATH);
	if (slash < 0)
		return slash;
	error = regular_statx(slash, &root);
	if (!error)
		error = regular_statx(fd, &here);
	sys_close(slash);
	return error ? error : regular_same_device(&root, &here);
}

/* Sets path to the next name's.  1, 0 when there is none, -1 after an error was said. */
static int next_name(struct directory_search *search)
{
	unsigned prefix, found = 0;
	char least[NAME_MAX + 1] = "";
	int fd, error;

	for (prefix = 0; prefix < sizeof(prefixes) / sizeof(*prefixes); prefix++) {
		if (search->place == PLACE_FINAL && !strcmp(prefixes[prefix], "/run"))
			continue;
		if (!set_path(search, prefix, ""))
			continue;
		fd = regular_resolve(search->root_fd, inside(search), O_RDONLY | O_DIRECTORY);
		if (fd == -ENOENT)
			continue;
		error = fd;
		if (fd >= 0) {
			error = trusted(search, fd);
			if (error > 0) {
				if (scan(search, fd, least, &error))
					found = prefix;
			} else {
				if (!error)
					say(SAY_NOTE,
						"%s: passed over: not on the file system of /",
						search->path);
				sys_close(fd);
			}
		}
		if (error) {
			say_failure(search->path, "cannot be read", error);
			return -1;
		}
	}
	if (!*least)
		return 0;
	memcpy(search->name, least, sizeof(least));
	if (!set_path(search, found, least)) {
		say(SAY_ERROR, "%s: the path is too long", least);
		return -1;
	}
	return 1;
}

/* Opens the file at path: a descriptor, -1 for a mask, -2 after an error was said. */
static int open_policy(struct directory_search *search)
{
	static const char null_device[] = "/dev/null";
	char target[sizeof(null_device)];
	struct file_status is = {0};
	bool link;
	long length;
	int fd, trust;

	/* The link itself counts: an initramfs, or a system root in a directory, may have no /dev.
	 */
	fd = regular_resolve(search->root_fd, inside(search), O_PATH | O_NOFOLLOW);
	length = fd < 0 ? -1
			: system_call5(
				  SYS_readlinkat, fd, (long)"", (long)target, sizeof(target), 0);
	link = length >= 0;
	kernfs_close(fd);
	if (length == sizeof(null_device) - 1 && !memcmp(target, null_device, (size_t)length))
		return -1;
	fd = regular_open(search->root_fd, inside(search), &is);
	if (fd == -EBADF) {
		if (link && S_ISCHR(is.mode) && is.rdev_major == 1 && is.rdev_minor == 3)
			return -1;
		say(SAY_ERROR, "%s: is %pW, not a regular file (an empty file masks a policy)",
			search->path, regular_kind(is.mode));
		return -2;
	}
	if (fd == -ENOENT && link) {
		say(SAY_ERROR, "%s: is a link to nothing", search->path);
		return -2;
	}
	if (fd < 0) {
		say_failure(search->path, "cannot be opened", fd);
		return -2;
	}
	if (!is.size) {
		sys_close(fd);
		return -1;
	}
	trust = trusted(search, fd);
	if (trust > 0)
		return fd;
	sys_close(fd);
	if (trust)
		say_failure(search->path, "cannot be opened", trust);
	else
		say(SAY_ERROR, "%s: is a link to another file system than that of /", search->path);
	return -2;
}

int directory_next(struct directory_search *search)
{
	int fd;

	while (!search->ended) {
		fd = next_name(search);
		if (fd < 0) {
			search->ended = true;
			return -2;
		}
		if (!fd) {
			if (search->place != PLACE_INITRD || search->any || search->fallen_back) {
				search->ended = true;
				return -1;
			}
			search->fallen_back = true;
			search->name[0] = 0;
			continue;
		}
		fd = open_policy(search);
		if (fd == -1)
			continue;
		search->any = true;
		return fd;
	}
	return -1;
}
