/*
 * survivors.c - processes of the initramfs that could undo the seal
 *
 * SPDX-License-Identifier: MIT
 */
#include "survivors.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "entries.h"
#include "kernfs.h"
#include "lines.h"
#include "regular.h"
#include "say.h"

/* Five seconds in all. */
#define TRIES 50
#define PAUSE_NS 100000000

/* include/uapi/linux/stat.h and fcntl.h */
#define MY_STATX_TYPE_MODE_INO 0x103
#define MY_AT_STATX_DONT_SYNC 0x4000

/* A descriptor's link in /proc/PID/fd is readable or writable as its file was opened
 * (proc_fd_link). */
#define WRITABLE 0200

#define MAC_ADMIN (UINT64_C(1) << CAP_MAC_ADMIN)
#define SYS_ADMIN (UINT64_C(1) << CAP_SYS_ADMIN)

/* Status of what is at that path, without asking a server for it: one of FUSE may never answer.  0
 * or -errno. */
static int status_of(int directory, const char *path, int flags, struct file_status *is)
{
	return syscall(SYS_statx, directory, path, flags | MY_AT_STATX_DONT_SYNC,
		       MY_STATX_TYPE_MODE_INO, is)
		       ? -errno
		       : 0;
}

/* A walk over the descriptors of a process. */
static struct entries fds;

/* The next of them that is a file of securityfs and open for writing; null at the end, as
 * entries_next.  Its path does not tell: that is what it was mounted as. */
static const char *next_node(const struct file_status *securityfs)
{
	struct file_status link, file;
	const char *fd;
	int error;

	while ((fd = entries_next(&fds))) {
		error = status_of(fds.fd, fd, AT_SYMLINK_NOFOLLOW, &link);
		if (!error && (link.mode & WRITABLE)) {
			error = status_of(fds.fd, fd, 0, &file);
			if (!error && (file.mode & S_IFMT) == S_IFREG &&
				regular_same_device(securityfs, &file))
				break;
		}
		/* It was closed since, or is another user's in FUSE (fuse_update_get_attr). */
		if (!error || error == -ENOENT || error == -EACCES)
			continue;
		close(fds.fd);
		fds.have = error;
		return 0;
	}
	return fd;
}

/* Where there is no securityfs nobody has a file of it open: then *securityfs stays what it is.  0
 * or -errno. */
static int find_securityfs(struct file_status *securityfs)
{
	int error, fd = kernfs_open("securityfs", "/sys/kernel/security", SECURITYFS_MAGIC);

	if (fd < 0)
		return fd == -ENODEV ? 0 : fd;
	error = regular_statx(fd, "", securityfs);
	close(fd);
	return error;
}

/* What a thread has. */
struct thread {
	char comm[64];         /* the name, 15 bytes, each of which may be escaped */
	bool passed;           /* it is the kernel's, or has ended */
	uint64_t capabilities; /* all sets in one */
};

/* Reads /proc/PID/task/TID/status (proc_pid_status, fs/proc/array.c).  0 or -errno. */
static int read_status(int directory, struct thread *thread)
{
	static struct lines status;
	struct bytes line, set;
	int result;

	memset(thread, 0, sizeof(*thread));
	status.have = status.at = 0;
	status.fd = kernfs_openat(directory, "status", O_RDONLY);
	if (status.fd < 0)
		return status.fd;
	while ((result = lines_next(&status, &line)) > 0) {
		if (bytes_skip(&line, "Name:\t")) {
			if (line.left < sizeof(thread->comm))
				memcpy(thread->comm, line.at, line.left);
		} else if (bytes_skip(&line, "State:\tZ") || bytes_skip(&line, "State:\tX") ||
			   bytes_skip(&line, "Kthread:\t1")) {
			thread->passed = true;
		} else if (bytes_skip(&line, "Cap") && bytes_take(&line, 5, &set)) {
			/* "Bnd:\t" and 16 hexadecimal digits */
			thread->capabilities |= lines_hex(line);
		}
	}
	close(status.fd);
	return result;
}

/* What to look for. */
struct search {
	struct file_status securityfs; /* all 0 when there is none */
	uint64_t capabilities;
	struct thread thread; /* the last one */
};

/* Why a thread or process may not stay that cannot be read (-errno, or 0), or null. */
static const char *unknown(int error)
{
	/* It has ended. */
	return error && error != -ENOENT && error != -ESRCH ? "it cannot be examined" : 0;
}

/* Why a thread may not stay, or null.  Takes -errno in the place of its directory. */
static const char *judge(struct search *search, int directory)
{
	const char *why = 0;
	int error = directory < 0 ? directory : read_status(directory, &search->thread);

	if (!error) {
		if (search->thread.passed)
			return 0;
		if (search->thread.capabilities & search->capabilities)
			return search->thread.capabilities & MAC_ADMIN ? "CAP_MAC_ADMIN"
								       : "CAP_SYS_ADMIN";
		entries_open(&fds, directory, "fd");
		while (next_node(&search->securityfs))
			why = "an open file of securityfs";
		error = (int)fds.have;
	}
	return why ? why : unknown(error);
}

/* Looks at the threads of one process; adds it to the message when one of them may not stay. */
static bool may_stay(struct search *search, int proc, const char *pid)
{
	static struct entries tasks;
	const char *why = 0, *tid;
	int process = kernfs_openat(proc, pid, O_PATH), thread;

	search->thread.comm[0] = 0;
	entries_open(&tasks, process, "task");
	while ((tid = entries_next(&tasks))) {
		thread = kernfs_openat(tasks.fd, tid, O_PATH);
		if (!why && *tid != '.')
			why = judge(search, thread);
		close(thread);
	}
	if (!why)
		why = unknown(process < 0 ? process : (int)tasks.have);
	close(process);
	if (why)
		say_add(" %s (%s: %pW)", pid, search->thread.comm, why);
	return !why;
}

bool survivors_gone(int proc, bool sys_admin)
{
	static struct entries all;
	static struct search search;
	const struct timespec pause = {0, PAUSE_NS};
	const char *pid;
	unsigned tries;
	bool gone;
	int error = find_securityfs(&search.securityfs);

	if (error) {
		say_failure("hand-over", "securityfs cannot be reached", -error);
		return false;
	}
	search.capabilities = sys_admin ? MAC_ADMIN | SYS_ADMIN : MAC_ADMIN;
	for (tries = 0; tries <= TRIES; tries++) {
		if (tries)
			nanosleep(&pause, 0);
		say_begin(SAY_ERROR);
		say_add("hand-over: processes are left that could undo the seal:");
		gone = true;
		entries_open(&all, proc, ".");
		while ((pid = entries_next(&all)))
			/* process 1 is this one */
			if (*pid >= '1' && *pid <= '9' && strcmp(pid, "1") != 0 &&
				!may_stay(&search, proc, pid))
				gone = false;
		if (all.have) {
			say_failure("hand-over", "the processes cannot be listed", (int)-all.have);
			return false;
		}
		if (gone)
			return true;
	}
	say_add(" (end them before switch-root, or start them without)");
	say_end();
	return false;
}

int survivors_close_own(int proc)
{
	struct file_status securityfs = {0};
	const char *fd;
	int error = find_securityfs(&securityfs);

	if (error)
		return error;
	entries_open(&fds, proc, "self/fd");
	while ((fd = next_node(&securityfs)))
		close(atoi(fd));
	return (int)fds.have;
}
