/*
 * init.c - being process 1, or an initramfs's hook
 *
 * SPDX-License-Identifier: MIT
 */
#define _GNU_SOURCE
#include "load/init.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "kernel/identity.h"
#include "kernel/proc.h"
#include "say.h"

int init_is_in_initramfs(void)
{
	struct bytes mounts, line, device, place, type;
	bool is_rootfs = false;
	int error = proc_read("self/mounts", &mounts);

	if (error) {
		fail_errno(error, "/proc/self/mounts: cannot be read");
		return -1;
	}
	while (bytes_until(&mounts, &line, "\n")) {
		/* As in fstab(5). */
		bytes_until(&line, &device, " ");
		bytes_until(&line, &place, " ");
		bytes_until(&line, &type, " ");
		/* What is mounted last on "/" hides the others. */
		if (bytes_are(place, "/"))
			is_rootfs = bytes_are(type, "rootfs");
	}
	return is_rootfs;
}

static bool is_this_program(const char *path)
{
	struct file_identity self, other;

	return !identity_of_self(&self) && !identity_of(AT_FDCWD, path, &other) &&
	       identity_same_file(&self, &other);
}

void init_execute(const char *path, char **argv)
{
	if (is_this_program(path)) {
		fail("%s: the next init is ipe-load itself (name another)", path);
		return;
	}
	argv[0] = (char *)path;
	say_restore_sigpipe();
	execve(path, argv, environ);
	if (errno == EACCES)
		fail("%s: cannot be executed: permission denied (or denied by the active policy)",
			path);
	else
		fail_errno(errno, "%s: cannot be executed", path);
}
