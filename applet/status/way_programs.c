/*
 * way_programs.c - verified programs that run what IPE is not asked about
 *
 * SPDX-License-Identifier: MIT
 */
#define _GNU_SOURCE
#include "status/way_programs.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "kernel/directory.h"
#include "kernel/file.h"
#include "policy/bytes.h"

/* include/uapi/linux/securebits.h (Linux 6.14): scripts are to be asked about, commands not to be
 * taken, and both are locked. */
#define RESTRICTED 0xf00

/* Do interpreters know here that they are to ask (hold/scripts.h)? */
static bool are_scripts_restricted(void)
{
	long bits = syscall(SYS_prctl, PR_GET_SECUREBITS, 0, 0, 0, 0);

	return bits >= 0 && (bits & RESTRICTED) == RESTRICTED;
}

enum way_state way_script(void)
{
	static const char name[] = "script", where[] = "/bin/sh";
	int fd = file_open(AT_FDCWD, where, O_PATH);

	if (fd >= 0) {
		close(fd);
		if (are_scripts_restricted())
			return way_unknown(name,
				"%s is told to ask (ipe-load -e); whether it does is unknown",
				where);
		return way_open(name, "an image without interpreters", "%s is there", where);
	}
	if (fd != -ENOENT)
		return way_unread(name, where, fd);
	return way_unknown(name, "%s is not there; other interpreters were not looked for", where);
}

/* Finds a loader in the directory, by its name, "ld-linux-x86-64.so.2" or "ld-musl-x86_64.so.1".  1
 * and the name, valid until the next call, 0 or -errno. */
static int find_loader(const char *directory, const char **loader)
{
	static struct directory entries;
	struct bytes file;
	int found = directory_open(&entries, AT_FDCWD, directory);

	if (found)
		return found == -ENOENT ? 0 : found;
	while ((found = directory_next(&entries, loader)) > 0) {
		file = bytes_of(*loader);
		if (bytes_skip(&file, "ld-linux") || bytes_skip(&file, "ld-musl-"))
			break;
	}
	directory_close(&entries);
	return found;
}

enum way_state way_loader(void)
{
	/* Where the ABIs have them. */
	static const char *const directories[] = {"/lib64", "/lib"};
	static const char name[] = "loader";
	const char *loader = "";
	int found;

	for (unsigned i = 0; i < sizeof(directories) / sizeof(directories[0]); i++) {
		found = find_loader(directories[i], &loader);
		if (found < 0)
			return way_unread(name, directories[i], found);
		if (found > 0)
			return way_open(name, "an image of static programs", "%s/%s is there",
				directories[i], loader);
	}
	return way_unknown(name, "none in /lib64 and /lib; elsewhere it was not looked for");
}
