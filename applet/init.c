/*
 * init.c - being process 1
 *
 * SPDX-License-Identifier: MIT
 */
#include "init.h"

#include <errno.h>
#include <fcntl.h>

#include "kernfs.h"
#include "regular.h"
#include "say.h"
#include "start.h"
#include "system.h"

/* Takes what stands before the separator, and the separator. */
static bool take_until(struct bytes *from, char separator, struct bytes *part)
{
	const unsigned char *end = from->left ? memchr(from->at, separator, from->left) : 0;
	struct bytes skipped;

	return end && bytes_take(from, (size_t)(end - from->at), part) &&
	       bytes_take(from, 1, &skipped);
}

/* The type of the file system mounted last on "/": mountinfo's fifth word, and the first one behind
 * " - " (Documentation/filesystems/proc.rst, 3.5). */
static bool root_is_rootfs(struct bytes mountinfo)
{
	struct bytes line, word;
	bool rootfs = false;
	unsigned i;

	while (take_until(&mountinfo, '\n', &line)) {
		for (i = 0; i < 5; i++)
			if (!take_until(&line, ' ', &word))
				break;
		if (i < 5 || !bytes_are(word, "/"))
			continue;
		while (take_until(&line, ' ', &word) && !bytes_are(word, "-"))
			;
		rootfs = take_until(&line, ' ', &word) && bytes_are(word, "rootfs");
	}
	return rootfs;
}

static int read_root(int proc, bool *rootfs)
{
	/* A line has about 100 bytes; the kernel and an initramfs mount a dozen file systems. */
	static unsigned char mountinfo[65536];
	long got = kernfs_read_at(proc, "self/mountinfo", mountinfo, sizeof(mountinfo));

	if (got < 0)
		return (int)got;
	*rootfs = root_is_rootfs((struct bytes){mountinfo, (size_t)got});
	return 0;
}

bool init_boot(bool *initramfs, bool always, struct cmdline *cmdline)
{
	int error = 0, proc = kernfs_open("proc", "/proc", PROC_SUPER_MAGIC);
	const char *what = "/proc";

	if (proc < 0)
		return say_failure(what, "cannot be read", proc);
	if (initramfs) {
		what = "/proc/self/mountinfo";
		error = read_root(proc, initramfs);
		always = *initramfs;
	}
	if (!error && always) {
		what = "/proc/cmdline";
		error = cmdline_read(proc, cmdline);
	}
	kernfs_close(proc);
	return !error || say_failure(what, "cannot be read", error);
}

static bool identify(const char *path, struct file_status *is)
{
	int fd = kernfs_openat(AT_FDCWD, path, O_PATH);
	bool known = !regular_statx(fd, "", is);

	kernfs_close(fd);
	return known;
}

/* Is it this very program, by whatever name? */
static bool is_self(const char *path)
{
	struct file_status self, other;

	return identify(start_path(), &self) && identify(path, &other) &&
	       regular_same_device(&self, &other) && self.inode == other.inode;
}

void init_execute(const char *path, char **argv)
{
	int error;

	if (is_self(path)) {
		say(SAY_ERROR, "%s: the next init is ipe-load itself (name another)", path);
		return;
	}
	argv[0] = (char *)path;
	error = sys_execve(path, argv, start_environment);
	say(SAY_ERROR, "%s: cannot be executed: %i%pW", path, error,
		error == -EACCES ? " (or denied by the active policy)" : "");
}
