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

/* Status of what is at that path, without asking a server for it: one of FUSE may never answer. */
static bool status_of(int directory, const char *path, int flags, struct file_status *is)
{
	return !syscall(SYS_statx, directory, path, flags | MY_AT_STATX_DONT_SYNC,
		MY_STATX_TYPE_MODE_INO, is);
}

/* Is this descriptor a file of securityfs that is open for writing?  Its path does not tell: that
 * is what it was mounted as. */
static bool is_node(const struct file_status *securityfs, int fds, const char *fd)
{
	struct file_status link, file;

	return status_of(fds, fd, AT_SYMLINK_NOFOLLOW, &link) && (link.mode & WRITABLE) &&
	       status_of(fds, fd, 0, &file) && (file.mode & S_IFMT) == S_IFREG &&
	       regular_same_device(securityfs, &file);
}

/* False when there is no securityfs: then nobody has it open. */
static bool find_securityfs(struct file_status *securityfs)
{
	int fd = kernfs_open("securityfs", "/sys/kernel/security", SECURITYFS_MAGIC);
	bool found = fd >= 0 && !regular_statx(fd, securityfs);

	if (fd >= 0)
		close(fd);
	return found;
}

/* What a thread has. */
struct thread {
	char comm[64]; /* the name, 15 bytes, each of which may be escaped */
	bool kernel, ended;
	uint64_t capabilities; /* all sets in one */
};

/* Reads /proc/PID/task/TID/status (proc_pid_status, fs/proc/array.c).  0 or -errno. */
static int read_status(int directory, struct thread *thread)
{
	static struct lines status;
	struct bytes line, set;
	int result;

	memset(thread, 0, sizeof(*thread));
	memset(&status, 0, sizeof(status));
	status.fd = kernfs_openat(directory, "status", O_RDONLY);
	if (status.fd < 0)
		return status.fd;
	while ((result = lines_next(&status, &line)) > 0) {
		if (bytes_skip(&line, "Name:\t")) {
			if (line.left < sizeof(thread->comm))
				memcpy(thread->comm, line.at, line.left);
		} else if (bytes_skip(&line, "State:\t")) {
			thread->ended = bytes_skip(&line, "Z") || bytes_skip(&line, "X");
		} else if (bytes_skip(&line, "Kthread:\t")) {
			thread->kernel = bytes_skip(&line, "1");
		} else if (bytes_skip(&line, "Cap")) {
			/* "Bnd:\t" and 16 hexadecimal digits */
			if (bytes_take(&line, 5, &set))
				thread->capabilities |= lines_hex(line);
		}
	}
	close(status.fd);
	return result;
}

/* What to look for. */
struct search {
	const struct file_status *securityfs; /* null: there is none */
	uint64_t capabilities;
};

/* Why a thread may not stay, or null.  comm becomes its name. */
static const char *judge(const struct search *search, int directory, struct thread *thread)
{
	static struct entries fds;
	const char *why = 0, *name;
	int error = read_status(directory, thread);

	if (!error && (thread->kernel || thread->ended))
		return 0;
	if (!error && (thread->capabilities & search->capabilities))
		return thread->capabilities & UINT64_C(1) << CAP_MAC_ADMIN ? "CAP_MAC_ADMIN"
									   : "CAP_SYS_ADMIN";
	if (!error && search->securityfs) {
		fds.at = fds.have = 0;
		fds.fd = kernfs_openat(directory, "fd", O_RDONLY | O_DIRECTORY);
		error = fds.fd;
		if (fds.fd >= 0) {
			while (!why && (name = entries_next(&fds)))
				if (is_node(search->securityfs, fds.fd, name))
					why = "an open file of securityfs";
			error = (int)fds.have;
			close(fds.fd);
		}
	}
	if (error < 0 && error != -ENOENT && error != -ESRCH)
		why = "it cannot be examined";
	return why;
}

/* Looks at the threads of one process; names it, if asked, when one of them may not stay. */
static bool may_stay(const struct search *search, int proc, const char *pid, bool say_it)
{
	static struct entries tasks;
	static struct thread thread;
	const char *why = 0, *tid;
	char path[32];
	size_t length = strlen(pid);
	int directory;

	if (length > 16)
		return true;
	memcpy(path, pid, length);
	memcpy(path + length, "/task", 6);
	tasks.at = tasks.have = 0;
	tasks.fd = kernfs_openat(proc, path, O_RDONLY | O_DIRECTORY);
	if (tasks.fd < 0)
		return true;
	while (!why && (tid = entries_next(&tasks))) {
		if (*tid == '.')
			continue;
		directory = kernfs_openat(tasks.fd, tid, O_PATH | O_DIRECTORY);
		if (directory < 0)
			continue;
		why = judge(search, directory, &thread);
		close(directory);
	}
	close(tasks.fd);
	if (why && say_it)
		say_add(" %s (%s: %pW)", pid, thread.comm, why);
	return !why;
}

bool survivors_gone(int proc, bool sys_admin)
{
	static struct entries all;
	const struct timespec pause = {0, PAUSE_NS};
	struct file_status securityfs;
	struct search search = {0, UINT64_C(1) << CAP_MAC_ADMIN};
	const char *pid;
	unsigned tries;
	bool gone, last;

	if (sys_admin)
		search.capabilities |= UINT64_C(1) << CAP_SYS_ADMIN;
	if (find_securityfs(&securityfs))
		search.securityfs = &securityfs;
	for (tries = 1;; tries++) {
		last = tries > TRIES;
		if (last) {
			say_begin(SAY_ERROR);
			say_add("hand-over: processes are left that could undo the seal:");
		}
		gone = true;
		all.at = all.have = 0;
		all.fd = kernfs_openat(proc, ".", O_RDONLY | O_DIRECTORY);
		if (all.fd >= 0) {
			while ((pid = entries_next(&all)))
				/* process 1 is this one */
				if (*pid >= '1' && *pid <= '9' && strcmp(pid, "1") &&
					!may_stay(&search, proc, pid, last))
					gone = false;
			close(all.fd);
		}
		if (all.fd < 0 || all.have < 0) {
			say_failure("hand-over", "the processes cannot be listed",
				all.fd < 0 ? -all.fd : (int)-all.have);
			return false;
		}
		if (gone)
			return true;
		if (last)
			break;
		nanosleep(&pause, 0);
	}
	say_add(" (end them before switch-root, or start them without)");
	say_end();
	return false;
}

bool survivors_close_own(int proc)
{
	static struct entries fds;
	struct file_status securityfs;
	const char *fd;

	if (!find_securityfs(&securityfs))
		return true;
	fds.fd = kernfs_openat(proc, "self/fd", O_RDONLY | O_DIRECTORY);
	fds.have = fds.fd < 0 ? fds.fd : 0;
	if (fds.fd >= 0) {
		while ((fd = entries_next(&fds)))
			if (is_node(&securityfs, fds.fd, fd))
				close(atoi(fd));
		close(fds.fd);
	}
	if (fds.have < 0)
		say_failure("seal", "the open descriptors cannot be listed", (int)-fds.have);
	return !fds.have;
}
