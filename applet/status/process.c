/*
 * process.c - what other processes have
 *
 * SPDX-License-Identifier: MIT
 */
#define _GNU_SOURCE
#include "status/process.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "hold/descriptor.h"
#include "hold/number.h"
#include "hold/thread.h"
#include "kernel/directory.h"
#include "kernel/file.h"
#include "kernel/identity.h"
#include "kernel/mount.h"
#include "kernel/proc.h"

/* What counts. */
struct process_sought {
	uint64_t capabilities;
	struct file_identity user_namespace; /* of process 1 */
	struct file_identity securityfs;     /* its root directory */
};

bool process_sees_all(void)
{
	/* PROC_PID_INIT_INO (include/linux/proc_ns.h), the same on every kernel. */
	static const char first[] = "pid:[4026531836]";
	char target[sizeof(first)];
	int proc = mount_proc();
	ssize_t length;

	if (proc < 0)
		return false;
	length = readlinkat(proc, "self/ns/pid", target, sizeof(target));
	return length == (ssize_t)sizeof(first) - 1 &&
	       memcmp(target, first, sizeof(first) - 1) == 0;
}

/* So the files below /proc/PID are when the process has ended. */
static bool has_ended(int error)
{
	return error == -ENOENT || error == -ESRCH;
}

/* What is looked for, and has been found so far. */
struct search {
	const struct process_sought *sought;
	struct process_found *found;
	int error; /* -errno of the first process that could not be looked at, or 0 */
};

/* Is it the name of a process's directory? */
static bool is_process(const char *name, uint64_t *pid)
{
	struct bytes digits = bytes_of(name);

	return number_take(&digits, 10, pid) && digits.left == 0;
}

static void copy_number(char *to, const char *number)
{
	/* A process's number has at most seven digits (PID_MAX_LIMIT), a descriptor's ten. */
	strncpy(to, number, PROCESS_NUMBER_SIZE - 1);
	to[PROCESS_NUMBER_SIZE - 1] = '\0';
}

/* Are its capabilities those of another user namespace, where they count for nothing (capable(),
 * kernel/capability.c)?  1, 0 or -errno. */
static int is_elsewhere(int directory, const struct file_identity *namespace)
{
	struct file_identity its;
	int error = identity_of(directory, "ns/user", &its);

	return error ? error : !identity_same_file(&its, namespace);
}

/* Has the thread whose directory it is a capability that is sought?  1, 0 or -errno. */
static int has_capability(
	int directory, const struct thread *thread, const struct process_sought *sought)
{
	int elsewhere;

	if (!(thread->capabilities & sought->capabilities))
		return 0;
	elsewhere = is_elsewhere(directory, &sought->user_namespace);
	return elsewhere < 0 ? elsewhere : !elsewhere;
}

/* Which descriptor of the thread is one of securityfs's, or may lead to one?  -errno, or what it
 * is, and its number. */
static int find_descriptor(int directory, const struct process_sought *sought, const char **number)
{
	char path[sizeof("fd/") + PROCESS_NUMBER_SIZE];
	struct file_identity file;
	int found = descriptor_find_danger(directory, &sought->securityfs, number);

	if (found <= 0)
		return found < 0 ? found : PROCESS_NONE;
	copy_number(stpcpy(path, "fd/"), *number);
	found = identity_of(directory, path, &file);
	if (found)
		return found;
	return S_ISREG(file.mode) ? PROCESS_HAS_FILE : PROCESS_MAY_HAVE_FILE;
}

/* What has the thread whose directory it is?  -errno, or that, and the descriptor's number, if it
 * is one.  The capabilities of process 1 and this one are not asked for. */
static int thread_has(int directory, uint64_t pid, const struct process_sought *sought,
	struct thread *thread, const char **number)
{
	int result = thread_read(thread, directory, "status");

	if (result)
		return result;
	if (thread->ended || thread->kernel)
		return PROCESS_NONE;
	if (pid != 1 && pid != (uint64_t)getpid()) {
		result = has_capability(directory, thread, sought);
		if (result != 0)
			return result < 0 ? result : PROCESS_HAS_CAPABILITY;
	}
	return find_descriptor(directory, sought, number);
}

static void look_at_thread(struct search *search, int tasks, const char *tid, const char *name)
{
	const char *number = "";
	struct thread thread;
	uint64_t pid;
	int result, directory = file_open(tasks, tid, O_PATH | O_DIRECTORY);

	if (directory < 0) {
		result = directory;
	} else {
		result = is_process(name, &pid)
				 ? thread_has(directory, pid, search->sought, &thread, &number)
				 : -EINVAL;
		close(directory);
	}
	if (result < 0 && !has_ended(result) && !search->error)
		search->error = result;
	if (result <= (int)search->found->what)
		return;
	search->found->what = (enum process_what)result;
	copy_number(search->found->pid, name);
	copy_number(search->found->descriptor, number);
	memcpy(search->found->comm, thread.comm, sizeof(thread.comm));
}

static void look_at_process(struct search *search, int proc, const char *pid)
{
	static struct directory tasks;
	const char *tid;
	int result, process = file_open(proc, pid, O_PATH | O_DIRECTORY);

	if (process < 0) {
		result = process;
	} else {
		result = directory_open(&tasks, process, "task");
		close(process);
	}
	if (!result) {
		while ((result = directory_next(&tasks, &tid)) > 0)
			if (tid[0] != '.')
				look_at_thread(search, tasks.fd, tid, pid);
		directory_close(&tasks);
	}
	if (result < 0 && !has_ended(result) && !search->error)
		search->error = result;
}

/* Fills what is sought beside the capabilities.  Returns 0 or -errno. */
static int prepare(struct process_sought *sought, int proc)
{
	int securityfs = mount_securityfs();
	int error = securityfs < 0 ? securityfs : identity_of(securityfs, "", &sought->securityfs);

	if (error)
		return error;
	return identity_of(proc, "1/ns/user", &sought->user_namespace);
}

int process_find_with(uint64_t capabilities, struct process_found *found)
{
	static struct directory processes;
	struct process_sought sought = {.capabilities = capabilities};
	struct search search = {.sought = &sought, .found = found};
	const char *name;
	uint64_t pid;
	int result, proc = mount_proc();

	*found = (struct process_found){.what = PROCESS_NONE};
	if (proc < 0)
		return proc;
	result = prepare(&sought, proc);
	if (!result)
		result = directory_open(&processes, proc, ".");
	if (result)
		return result;
	while ((result = directory_next(&processes, &name)) > 0)
		if (is_process(name, &pid))
			look_at_process(&search, proc, name);
	directory_close(&processes);
	return result ? result : search.error;
}

int process_count_filters(const char *path, uint64_t *count)
{
	struct bytes text, line;
	int error = proc_read(path, &text);

	if (error)
		return error;
	while (bytes_until(&text, &line, "\n"))
		if (bytes_skip(&line, "Seccomp_filters:\t"))
			return number_take(&line, 10, count) ? 0 : -EIO;
	return -ENOENT;
}
