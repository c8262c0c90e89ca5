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
#include <unistd.h>

#include "hold/number.h"
#include "hold/thread.h"
#include "kernel/directory.h"
#include "kernel/file.h"
#include "kernel/mount.h"
#include "kernel/proc.h"

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

/* Has the thread TID of those in the directory tasks one of the capabilities?  1, 0 or -errno. */
static int thread_has(int tasks, const char *tid, uint64_t capabilities, struct thread *thread)
{
	int error, directory = file_open(tasks, tid, O_PATH | O_DIRECTORY);

	if (directory < 0)
		return has_ended(directory) ? 0 : directory;
	error = thread_read(thread, directory, "status");
	close(directory);
	if (error)
		return has_ended(error) ? 0 : error;
	return !thread->ended && !thread->kernel && (thread->capabilities & capabilities) != 0;
}

/* The same for the threads of process PID. */
static int process_has(int proc, const char *pid, uint64_t capabilities, struct thread *thread)
{
	static struct directory tasks;
	const char *tid;
	int result, process = file_open(proc, pid, O_PATH | O_DIRECTORY);

	if (process < 0)
		return has_ended(process) ? 0 : process;
	result = directory_open(&tasks, process, "task");
	close(process);
	if (result)
		return has_ended(result) ? 0 : result;
	while ((result = directory_next(&tasks, &tid)) > 0) {
		if (tid[0] == '.')
			continue;
		result = thread_has(tasks.fd, tid, capabilities, thread);
		if (result != 0)
			break;
	}
	directory_close(&tasks);
	return has_ended(result) ? 0 : result;
}

/* Is it the name of a process's directory, and neither that of process 1 nor this one's? */
static bool is_other_process(const char *name)
{
	struct bytes digits = bytes_of(name);
	uint64_t pid;

	return number_take(&digits, 10, &pid) && digits.left == 0 && pid != 1 &&
	       pid != (uint64_t)getpid();
}

int process_find_with(uint64_t capabilities, struct process_found *found)
{
	static struct directory processes;
	struct thread thread;
	const char *name;
	int result, proc = mount_proc();

	if (proc < 0)
		return proc;
	result = directory_open(&processes, proc, ".");
	if (result)
		return result;
	while ((result = directory_next(&processes, &name)) > 0) {
		if (!is_other_process(name))
			continue;
		result = process_has(proc, name, capabilities, &thread);
		if (result != 0)
			break;
	}
	if (result > 0) {
		/* A process's number has at most seven digits (PID_MAX_LIMIT). */
		strncpy(found->pid, name, sizeof(found->pid) - 1);
		found->pid[sizeof(found->pid) - 1] = '\0';
		memcpy(found->comm, thread.comm, sizeof(found->comm));
	}
	directory_close(&processes);
	return result;
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
