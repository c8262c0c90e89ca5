/*
 * init.c - being process 1
 *
 * SPDX-License-Identifier: MIT
 */
#include "load/init.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "find/regular.h"
#include "kernel/kernfs.h"
#include "kernel/lines.h"
#include "kernel/system.h"
#include "load/load.h"
#include "load/parameters.h"
#include "say.h"
#include "start.h"

/* Takes the next word of a line; is it this one? */
static bool next_is(struct bytes *line, const char *text)
{
	struct bytes word;

	bytes_until(line, &word, ' ');
	return bytes_are(word, text);
}

/* Is the file system mounted last on "/" of type rootfs?  mountinfo's fifth word, and the first one
 * behind " - " (Documentation/filesystems/proc.rst, 3.5).  1, 0 or -errno. */
static int root_is_rootfs(void)
{
	struct bytes line;
	int result, rootfs = 0;
	unsigned i;

	lines_open(kernfs_proc(), "self/mountinfo");
	while ((result = lines_next(&line)) > 0) {
		for (i = 0; i < 4; i++)
			next_is(&line, "");
		if (!next_is(&line, "/"))
			continue;
		while (line.left && !next_is(&line, "-"))
			;
		rootfs = next_is(&line, "rootfs");
	}
	return result ? result : rootfs;
}

bool init_boot(void)
{
	const char *what = "/proc/self/mountinfo";
	int result = (int)(options_given & LOAD_INITRAMFS);

	if (!result)
		result = root_is_rootfs();
	if (result > 0) {
		options_given |= LOAD_INITRAMFS;
		what = "/proc/cmdline";
		result = cmdline_read();
	}
	if (result)
		return say_failure(what, "cannot be read", result);
	return true;
}

/* Is it this very program, by whatever name? */
static bool is_self(const char *path)
{
	return regular_compare(AT_FDCWD, start_path(), AT_FDCWD, path) == REGULAR_SAME;
}

void init_execute(const char *path, char **argv)
{
	int error;

	if (is_self(path)) {
		say(SAY_ERROR, "%s: the next init is ipe-load itself (name another)", path);
		return;
	}
	argv[0] = (char *)path;
	start_restore_pipe();
	error = sys_execve(path, argv, environ);
	say(SAY_ERROR, "%s: cannot be executed: %i%s", path, error,
		error == -EACCES ? " (or denied by the active policy)" : "");
}
