/*
 * thread.c - whether a thread could undo the seal
 *
 * SPDX-License-Identifier: MIT
 */
#define _GNU_SOURCE
#include "hold/thread.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "hold/descriptor.h"
#include "hold/number.h"
#include "kernel/file.h"

/* Takes in one line.  Returns 0 or -errno. */
static int take_line(struct thread *thread, struct bytes line)
{
	struct bytes set_name;
	uint64_t set;

	if (bytes_skip(&line, "Name:\t")) {
		if (line.left < sizeof(thread->comm))
			memcpy(thread->comm, line.at, line.left);
	} else if (bytes_skip(&line, "State:\tZ") || bytes_skip(&line, "State:\tX")) {
		thread->ended = true;
	} else if (bytes_are(line, "Kthread:\t1")) {
		thread->kernel = true;
	} else if (bytes_skip(&line, "Cap")) {
		/* CapInh, CapPrm, CapEff, CapBnd, CapAmb */
		bytes_until(&line, &set_name, "\t");
		if (!number_take(&line, 16, &set))
			return -EIO;
		thread->capabilities |= set;
	}
	return 0;
}

int thread_read(struct thread *thread, int at, const char *path)
{
	struct bytes text, line;
	int error = file_read_whole(at, path, &text);

	*thread = (struct thread){0};
	while (!error && bytes_until(&text, &line, "\n"))
		error = take_line(thread, line);
	return error;
}

/* The same as thread_judge() for the directory /proc/PID/task/TID. */
static int judge(struct thread *thread, int directory, const struct taken *taken, const char **has)
{
	const char *number;
	uint64_t left;
	int error = thread_read(thread, directory, "status");

	if (error)
		return error;
	if (thread->ended || thread->kernel)
		return 0;
	left = thread->capabilities & taken->capabilities;
	if (left != 0) {
		*has = left & CAPABILITY(CAP_MAC_ADMIN) ? "CAP_MAC_ADMIN" : "CAP_SYS_ADMIN";
		return 1;
	}
	*has = DESCRIPTOR_DANGERS;
	return descriptor_find_danger(directory, taken->securityfs, &number);
}

int thread_judge(struct thread *thread, int tasks, const char *tid, const struct taken *taken,
	const char **has)
{
	int result, directory = file_open(tasks, tid, O_PATH | O_DIRECTORY);

	if (directory < 0)
		return directory;
	result = judge(thread, directory, taken, has);
	close(directory);
	return result;
}
