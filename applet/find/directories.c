/*
 * directories.c - the directories that policies lie in
 *
 * SPDX-License-Identifier: MIT
 */
#define _GNU_SOURCE
#include "find/directories.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "find/regular_file.h"
#include "kernel/directory.h"
#include "kernel/file.h"
#include "say.h"

static const char *const prefixes[] = {"/etc", "/run", "/usr/local/lib", "/usr/lib"};
#define PREFIXES (sizeof(prefixes) / sizeof(prefixes[0]))
#define PREFIX_RUN 1

#define SUFFIX ".p7b"

/* ---- where to look ---- */

bool directories_open(struct directories *directories, const struct directories_wanted *wanted)
{
	const char *system_root = wanted->system_root ? wanted->system_root : "";
	size_t length = strlen(system_root);

	directories->wanted = wanted;
	directories->root = AT_FDCWD;
	directories->fallen_back = false;
	directories->found_any = false;
	directories->ended = false;
	directories->last_name[0] = '\0';
	while (length > 0 && system_root[length - 1] == '/')
		length--;
	directories->tried_in_root = directories->tried + length;
	if (length == 0)
		return true;

	directories->root = file_open(AT_FDCWD, system_root, O_PATH | O_DIRECTORY);
	if (directories->root < 0)
		return fail_errno(directories->root, "%s: cannot be opened", system_root);
	/* What can be opened is shorter than PATH_MAX. */
	memcpy(directories->tried, system_root, length);
	return true;
}

/* The walk is over. */
static void end(struct directories *directories)
{
	directories->ended = true;
	if (directories->root >= 0)
		close(directories->root);
}

static const char *place_name(const struct directories *directories)
{
	if (directories->wanted->place == PLACE_FINAL)
		return "/ipe/final/";
	if (directories->wanted->place == PLACE_INITRD && !directories->fallen_back)
		return "/ipe/initrd/";
	return "/ipe/";
}

/* tried becomes [ROOT]/PREFIX/PLACE/NAME. */
static void set_path(struct directories *directories, size_t prefix, const char *name)
{
	char *end = stpcpy(directories->tried_in_root, prefixes[prefix]);

	end = stpcpy(end, place_name(directories));
	stpcpy(end, name);
}

/* May a policy be taken from this directory or file?  1, 0 or -errno. */
static int is_trusted(const struct directories *directories, int fd)
{
	struct file_identity is;
	int error;

	if (!directories->wanted->home)
		return 1;
	error = identity_of(fd, "", &is);
	return error ? error : identity_same_filesystem(&is, directories->wanted->home);
}

/* Opens the directory at tried.  The hand-over follows no link on the way: it may be on a file
 * system that nobody has vouched for.  A descriptor or -errno; ELOOP: there is such a link. */
static int open_directory(const struct directories *directories)
{
	if (directories->wanted->home)
		return resolve_without_links(directories->tried, O_RDONLY | O_DIRECTORY);
	return resolve_in_root(
		directories->root, directories->tried_in_root, O_RDONLY | O_DIRECTORY);
}

/* ---- the next name ---- */

static bool is_policy_name(const char *name)
{
	size_t length = strlen(name);

	return name[0] != '.' && length > strlen(SUFFIX) &&
	       !strcmp(name + length - strlen(SUFFIX), SUFFIX);
}

static bool is_wanted_name(const struct directories *directories, const char *name)
{
	return strlen(name) <= NAME_MAX && is_policy_name(name) != directories->wanted->other_names;
}

/*
 * Looks through an open directory, and closes it, for the least of the wanted names above the last
 * one.
 *
 * least: the least one of the directories before, or ""; a lower one takes its place.  Returns 1
 * when that has happened, 0, or -errno.
 */
static int find_lower(const struct directories *directories, int fd, char least[NAME_MAX + 1])
{
	static struct directory entries;
	int found, lowered = 0;
	const char *name;

	directory_from(&entries, fd);
	while ((found = directory_next(&entries, &name)) > 0) {
		if (!is_wanted_name(directories, name))
			continue;
		if (strcmp(name, directories->last_name) <= 0)
			continue;
		if (*least && strcmp(name, least) >= 0)
			continue;
		stpcpy(least, name);
		lowered = 1;
	}
	directory_close(&entries);
	return found < 0 ? found : lowered;
}

/* Says once for each prefix that the hand-over takes nothing from the directory at tried. */
static void note_passed_over(const struct directories *directories, size_t prefix)
{
	static bool said[PREFIXES];

	if (!said[prefix])
		say(SAY_NOTE, "%s: passed over: not on ipe-load's file system, or behind a link",
			directories->tried);
	said[prefix] = true;
}

/* Looks through the directory below that prefix, likewise.  One that is not there has none. */
static int find_lower_in_prefix(
	struct directories *directories, size_t prefix, char least[NAME_MAX + 1])
{
	int trusted, fd;

	set_path(directories, prefix, "");
	fd = open_directory(directories);
	if (fd == -ENOENT)
		return 0;
	if (fd == -ELOOP && directories->wanted->home) {
		note_passed_over(directories, prefix);
		return 0;
	}
	if (fd < 0)
		return fd;
	trusted = is_trusted(directories, fd);
	if (trusted > 0)
		return find_lower(directories, fd, least);
	if (trusted == 0)
		note_passed_over(directories, prefix);
	close(fd);
	return trusted;
}

/* Sets tried to the path of the next name.  1, 0 when there is none, -1 after an error was said. */
static int next_name(struct directories *directories)
{
	char least[NAME_MAX + 1] = "";
	size_t prefix, where = 0;
	int lowered;

	for (prefix = 0; prefix < PREFIXES; prefix++) {
		if (directories->wanted->place == PLACE_FINAL && prefix == PREFIX_RUN)
			continue;
		lowered = find_lower_in_prefix(directories, prefix, least);
		if (lowered < 0) {
			fail_errno(lowered, "%s: cannot be read", directories->tried);
			return -1;
		}
		if (lowered)
			where = prefix;
	}
	if (!*least)
		return 0;
	stpcpy(directories->last_name, least);
	set_path(directories, where, least);
	return 1;
}

/* ---- a file ---- */

static bool is_null_device(const struct file_identity *is)
{
	return S_ISCHR(is->mode) && is->device_number_major == 1 && is->device_number_minor == 3;
}

/* Reads what the link at tried names.  Returns its length, at most size, or -1: it is no link. */
static long read_link(const struct directories *directories, char *target, size_t size)
{
	long length;
	int fd;

	fd = resolve_in_root(directories->root, directories->tried_in_root, O_PATH | O_NOFOLLOW);
	if (fd < 0)
		return -1;
	length = syscall(SYS_readlinkat, fd, "", target, size);
	close(fd);
	return length;
}

/* Is what was opened a policy that may be loaded?  False after an error was said. */
static bool accept(const struct directories *directories, int fd, const struct file_identity *is)
{
	int trusted = is_trusted(directories, fd);

	if (trusted < 0)
		return fail_errno(trusted, "%s: cannot be examined", directories->tried);
	if (!trusted)
		return fail("%s: is not on ipe-load's file system", directories->tried);
	if (is->size == 0)
		return fail(
			"%s: is empty (a link to /dev/null masks a policy)", directories->tried);
	return true;
}

/* Opens the policy at tried: a descriptor, 0 for a mask, -1 after an error was said. */
static int open_policy(const struct directories *directories)
{
	static const char null_device[] = "/dev/null";
	char target[sizeof(null_device)];
	long length = read_link(directories, target, sizeof(target));
	struct file_identity is;
	int fd;

	/* The link itself counts: an initramfs, or a system root in a directory, may have no /dev.
	 */
	if (length == (long)strlen(null_device) &&
		!memcmp(target, null_device, strlen(null_device)))
		return 0;
	fd = regular_file_open(directories->root, directories->tried_in_root, &is);
	if (fd == -EBADF && is_null_device(&is))
		return 0;
	if (fd >= 0 && accept(directories, fd, &is))
		return fd;
	if (fd >= 0)
		close(fd);
	else if (fd == -ENOENT && length >= 0)
		fail("%s: is a link to nothing", directories->tried);
	else if (fd == -EBADF)
		fail("%s: is %s, not a regular file (a link to /dev/null masks a policy)",
			directories->tried, file_type_words(&is));
	else
		fail_errno(fd, "%s: cannot be opened", directories->tried);
	return -1;
}

/* Opens what is at tried if it is a regular file, or a link to one: a descriptor or 0. */
static int open_other(const struct directories *directories)
{
	struct file_identity is;
	int fd = regular_file_open(directories->root, directories->tried_in_root, &is);

	/* A directory, a link to nothing, a loop of links: certainly no policy. */
	if (fd == -EBADF || fd == -ENOENT || fd == -ELOOP)
		return 0;
	if (fd < 0) {
		say_begin(SAY_NOTE);
		say_add("%s: passed over: cannot be opened", directories->tried);
		say_add_errno(fd);
		say_end();
		return 0;
	}
	return fd;
}

/* ---- the walk ---- */

/* ipe/initrd/ has none: goes on with ipe/, once. */
static bool fall_back(struct directories *directories)
{
	if (directories->wanted->place != PLACE_INITRD || directories->wanted->other_names)
		return false;
	if (directories->fallen_back || directories->found_any)
		return false;
	directories->fallen_back = true;
	directories->last_name[0] = '\0';
	return true;
}

int directories_next(struct directories *directories)
{
	int named, fd;

	while (!directories->ended) {
		named = next_name(directories);
		if (named < 0) {
			end(directories);
			return -1;
		}
		if (named == 0) {
			if (!fall_back(directories))
				end(directories);
			continue;
		}
		if (directories->wanted->other_names)
			fd = open_other(directories);
		else
			fd = open_policy(directories);
		if (fd != 0) {
			directories->found_any = true;
			stpcpy(directories->path, directories->tried);
			return fd;
		}
	}
	return 0;
}
