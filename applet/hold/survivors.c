/*
 * survivors.c - processes of the initramfs that could undo the seal
 *
 * SPDX-License-Identifier: MIT
 */
#include "hold/survivors.h"

#include <errno.h>
#include <fcntl.h>

#include "find/regular.h"
#include "hold/seal.h"
#include "kernel/entries.h"
#include "kernel/ipe.h"
#include "kernel/kernfs.h"
#include "kernel/lines.h"
#include "kernel/system.h"
#include "say.h"

/* Five seconds in all. */
#define TRIES 50
#define PAUSE_MS 100

/* include/uapi/linux/stat.h and fcntl.h */
#define MY_STATX_TYPE_MODE_INO 0x103
#define MY_AT_STATX_DONT_SYNC 0x4000

/* A descriptor's link in /proc/PID/fd is readable or writable as its file was opened
 * (proc_fd_link). */
#define WRITABLE 0200

/* All 0 when there is none. */
static struct file_status securityfs;

/* Where there is no securityfs nobody has a file of it open.  0 or -errno. */
static int find_securityfs(void)
{
	int error = regular_statx(ipefs_securityfs, "", &securityfs);

	return error == -ENODEV && error == ipefs_securityfs ? 0 : error;
}

/* The lines that are read of /proc/PID/task/TID/status (proc_pid_status, fs/proc/array.c), and of
 * fdinfo/N beside it: root can take descriptors out of the queue of a Unix socket
 * (unix_show_fdinfo). */
static const char *const lines = "Name:\t\0"
				 "Cap\0"
				 "State:\tZ\0"
				 "State:\tX\0"
				 "Kthread:\t1\0"
				 "scm_fds: 0\0"
				 "scm_fds: \0";
enum { LINE_NAME, LINE_CAP };
/* Sets of the others, each as 1 << its index. */
#define PASSED 0x1c /* the thread has ended, or is the kernel's */
#define HOLDS 0x40  /* the descriptor has others in its queue */

/* The thread looked at last: what it has. */
static struct {
	char comm[64];         /* the name, 15 bytes, each of which may be escaped */
	unsigned seen;         /* which of the lines, and those of its descriptors */
	uint64_t capabilities; /* all sets in one */
} thread;

/* 0 or -errno. */
static int read_thread(int directory, const char *name)
{
	struct bytes set, line;
	unsigned index;
	int result;

	lines_open(directory, name);
	while ((result = lines_next(&line)) > 0) {
		index = bytes_skip_word(&line, lines);
		thread.seen |= 1U << index;
		if (index == LINE_NAME) {
			if (line.left < sizeof(thread.comm))
				memcpy(thread.comm, line.at, line.left);
		} else if (index == LINE_CAP) {
			/* "Bnd:\t" and 16 hexadecimal digits */
			bytes_until(&line, &set, ' ');
			thread.capabilities |= lines_hex(&line);
		}
	}
	return result;
}

/* A walk over the descriptors of a process. */
static struct chunks fds;

/* Status of one of them, without asking a server for it: one of FUSE may never answer.  0 or
 * -errno. */
static int status_of(const char *fd, int flags, struct file_status *is)
{
	return sys_statx(fds.fd, fd, flags | MY_AT_STATX_DONT_SYNC, MY_STATX_TYPE_MODE_INO, is);
}

/* Is it an io_uring?  So its link says (io_uring_get_file); what fdinfo says of a busy one differs.
 * True also when it cannot be read. */
static bool is_ring(const char *fd)
{
	static const char ring[] = "anon_inode:[io_uring]";
	char target[sizeof(ring)];
	long length =
		system_call5(SYS_readlinkat, fds.fd, (long)fd, (long)target, sizeof(target), 0);

	return length < 0 || (length == sizeof(ring) - 1 && !memcmp(target, ring, (size_t)length));
}

/* The next of them that is a file of securityfs and open for writing, or holds others; null at the
 * end, as entries_next.  Its path does not tell: that is what it was mounted as. */
static const char *next_node(void)
{
	static struct file_status file;
	const char *fd;
	int error, directory;

	while ((fd = entries_next(&fds))) {
		error = status_of(fd, AT_SYMLINK_NOFOLLOW, &file);
		if (!error) {
			if (!(file.mode & WRITABLE))
				continue;
			error = status_of(fd, 0, &file);
		}
		if (!error) {
			if (S_ISREG(file.mode) && regular_same_device(&securityfs, &file))
				break;
			/* An anonymous inode has no type (anon_inode_getattr). */
			if (!(file.mode & S_IFMT) && is_ring(fd))
				break;
			directory = kernfs_openat(fds.fd, "../fdinfo", O_PATH);
			thread.seen = 0;
			error = kernfs_closed(directory, read_thread(directory, fd));
			if (thread.seen & HOLDS)
				break;
		}
		/* It was closed since, or is another user's in FUSE (fuse_update_get_attr). */
		if (error && error != -ENOENT && error != -EACCES) {
			kernfs_close(fds.fd);
			fds.have = error;
			return 0;
		}
	}
	return fd;
}

/* Why a thread or process may not stay that cannot be read (-errno, or 0), or null. */
static const char *unknown(int error)
{
	/* It has ended. */
	return error && error != -ENOENT && error != -ESRCH ? "it cannot be examined" : 0;
}

/* Why a thread may not stay, or null.  Takes -errno in the place of its directory. */
static const char *judge(int directory)
{
	const char *why = 0;
	int error;

	memset(&thread, 0, sizeof(thread));
	error = read_thread(directory, "status");
	if (error)
		return unknown(error);
	if (thread.seen & PASSED)
		return 0;
	if (thread.capabilities & seal_capabilities)
		return thread.capabilities & SEAL_MAC_ADMIN ? "CAP_MAC_ADMIN" : "CAP_SYS_ADMIN";
	entries_open(&fds, directory, "fd");
	while (next_node())
		why = "an open file of securityfs, queued descriptors or an io_uring";
	return why ? why : unknown(fds.have);
}

/* Looks at the threads of one process; adds it to the message when one of them may not stay. */
static bool may_stay(const char *pid)
{
	static struct chunks tasks;
	const char *why = 0, *tid;
	int process = kernfs_openat(kernfs_proc(), pid, O_PATH), directory;

	thread.comm[0] = 0;
	/* Takes over what keeps the process from being opened. */
	entries_open(&tasks, process, "task");
	while ((tid = entries_next(&tasks))) {
		directory = kernfs_openat(tasks.fd, tid, O_PATH);
		if (!why && *tid != '.')
			why = judge(directory);
		kernfs_close(directory);
	}
	kernfs_close(process);
	if (!why)
		why = unknown(tasks.have);
	if (why)
		say_add(" %s (%s: %s)", pid, thread.comm, why);
	return !why;
}

bool survivors_gone(void)
{
	static struct chunks all;
	const char *pid, *what = "securityfs cannot be reached";
	unsigned tries;
	bool gone;
	int error = find_securityfs();

	for (tries = 0; !error; tries++) {
		say_begin(SAY_ERROR);
		say_add("seal: processes are left that could undo the seal:");
		gone = true;
		entries_open(&all, kernfs_proc(), ".");
		while ((pid = entries_next(&all)))
			/* process 1 is this one */
			if (*pid >= '1' && *pid <= '9' && (pid[1] || *pid != '1'))
				gone &= may_stay(pid);
		what = "the processes cannot be listed";
		error = all.have;
		if (error)
			break;
		if (gone)
			return true;
		if (tries == TRIES) {
			say_add(" (end them before switch-root, or start them without)");
			return !say_end();
		}
		sys_pause(PAUSE_MS);
	}
	return say_failure("seal", what, error);
}

int survivors_close_own(void)
{
	const char *fd;
	int number, error = find_securityfs();

	if (error)
		return error;
	entries_open(&fds, kernfs_proc(), "self/fd");
	while ((fd = next_node())) {
		for (number = 0; *fd; fd++)
			number = number * 10 + *fd - '0';
		kernfs_close(number);
	}
	return fds.have;
}
