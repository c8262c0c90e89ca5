/*
 * view.c - is all of proc and sysfs seen?
 *
 * SPDX-License-Identifier: MIT
 */
#define _GNU_SOURCE
#include "status/view.h"

#include <fcntl.h>

#include "kernel/identity.h"
#include "kernel/mount.h"
#include "kernel/proc.h"
#include "policy/bytes.h"

void view_start(void)
{
#ifndef STATE_ONLY
	mount_own_first();
#endif
}

/* Was the root directory opened at the place where the file system is mounted?  True also when that
 * cannot be told. */
static bool is_that_at(int root, const char *place)
{
	struct file_identity opened, mounted;

	if (identity_of(root, "", &opened))
		return true;
	return !identity_of(AT_FDCWD, place, &mounted) && opened.mount == mounted.mount;
}

/* Does the path begin with one of these, of which the list ends with a null pointer? */
static bool begins_with_any(struct bytes path, const char *const beginnings[])
{
	for (unsigned i = 0; beginnings[i]; i++)
		if (bytes_skip(&path, beginnings[i]))
			return true;
	return false;
}

/* Takes the next word of a line of mountinfo. */
static struct bytes next_word(struct bytes *line)
{
	struct bytes word;

	(void)bytes_until(line, &word, " ");
	return word;
}

/* Do these options of a mount leave anything out? */
static bool leaves_out(struct bytes options)
{
	static const char *const words[] = {"hidepid=", "subset=", NULL};
	struct bytes option;
	bool more;

	do {
		more = bytes_until(&options, &option, " ,");
		if (begins_with_any(option, words))
			return true;
	} while (more);
	return false;
}

/*
 * Does /proc/self/mountinfo (proc_pid_mountinfo(5)) show the file system's root directory mounted
 * at place, with no option that leaves anything out, and nothing mounted on what is below it,
 * except below the paths of beside?
 */
static bool is_seen_whole(const char *place, const char *const beside[])
{
	struct bytes mounts, line, root, where;
	bool found = false;

	if (proc_read("self/mountinfo", &mounts))
		return false;
	while (bytes_until(&mounts, &line, "\n")) {
		for (unsigned words = 0; words < 3; words++) /* both numbers, the device */
			(void)next_word(&line);
		root = next_word(&line);
		where = next_word(&line);
		if (bytes_are(where, place)) {
			if (!bytes_are(root, "/") || leaves_out(line))
				return false;
			found = true;
		} else if (bytes_skip(&where, place) && bytes_skip(&where, "/") &&
			   !begins_with_any(where, beside)) {
			return false;
		}
	}
	return found;
}

bool view_has_all_of_proc(void)
{
	static const char *const beside[] = {"sys/fs/binfmt_misc", "fs/nfsd", NULL};
	struct bytes type;
	int proc = mount_proc();

	if (proc < 0)
		return false;
	if (!is_that_at(proc, "/proc"))
		return true;
	/* Each kernel has this one. */
	return !proc_read("sys/kernel/ostype", &type) && is_seen_whole("/proc", beside);
}

bool view_has_all_of_sysfs(void)
{
	/* Where other file systems of the kernel's have their places. */
	static const char *const beside[] = {"kernel/", "fs/", "firmware/", NULL};
	int sysfs = mount_sysfs();

	if (sysfs < 0)
		return false;
	return !is_that_at(sysfs, "/sys") || is_seen_whole("/sys", beside);
}
