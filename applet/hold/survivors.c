/*
 * survivors.c - processes of the initramfs that could undo the seal
 *
 * SPDX-License-Identifier: MIT
 */
#define _GNU_SOURCE
#include "hold/survivors.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "hold/thread.h"
#include "kernel/directory.h"
#include "kernel/file.h"
#include "say.h"

/* How often the processes are looked at, at such an interval: five seconds in all. */
#define LOOKS 50
#define INTERVAL 100 /* ms */

/* So the files below /proc/PID are when the process has ended. */
static bool has_ended(int error)
{
	return error == -ENOENT || error == -ESRCH;
}

/* Looks at the threads of one process until one could undo the seal, or cannot be looked at.  1 and
 * that one, 0 or -errno. */
static int judge_process(
	int process, const struct taken *taken, struct thread *thread, const char **has)
{
	static struct directory tasks;
	const char *tid;
	int result = directory_open(&tasks, process, "task");

	if (result)
		return result;
	while ((result = directory_next(&tasks, &tid)) > 0) {
		if (tid[0] == '.')
			continue;
		result = thread_judge(thread, tasks.fd, tid, taken, has);
		if (result != 0 && !has_ended(result))
			break;
	}
	directory_close(&tasks);
	return result;
}

/* Adds the process to the line when it could undo the seal, or when that cannot be told.  Did it?
 */
static bool name_if_it_could(int proc, const char *pid, const struct taken *taken)
{
	struct thread thread = {0};
	const char *has = "";
	int result, process = file_open(proc, pid, O_PATH | O_DIRECTORY);

	if (process < 0) {
		result = process;
	} else {
		result = judge_process(process, taken, &thread, &has);
		close(process);
	}
	if (result == 0 || has_ended(result))
		return false;
	say_add(" %s (%s: %s)", pid, thread.comm, result < 0 ? "it cannot be examined" : has);
	return true;
}

/* Is it the name of a process's directory, and not that of process 1, which this process is? */
static bool is_other_process(const char *name)
{
	return name[0] >= '1' && name[0] <= '9' && strcmp(name, "1") != 0;
}

/* Begins the line, and adds all that could undo the seal: 1, 0 when there is none, or -errno. */
static int name_survivors(int proc, const struct taken *taken)
{
	static struct directory processes;
	const char *name;
	bool any = false;
	int result = directory_open(&processes, proc, ".");

	if (result)
		return result;
	say_begin(SAY_ERROR);
	say_add("seal: processes are left that could undo the seal:");
	while ((result = directory_next(&processes, &name)) > 0)
		if (is_other_process(name) && name_if_it_could(proc, name, taken))
			any = true;
	directory_close(&processes);
	return result ? result : any;
}

/* Sends the signal to all other processes, if there are any.  False after an error was said. */
static bool signal_others(int number)
{
	if (kill(-1, number) == 0 || errno == ESRCH)
		return true;
	return fail_errno(errno, "seal: the other processes cannot be stopped");
}

bool survivors_continue(void)
{
	return signal_others(SIGCONT);
}

bool survivors_stop(int proc, const struct taken *taken)
{
	int left, looks;

	for (looks = 1;; looks++) {
		/* Else one could fork and end, or pass on a descriptor, between the looks at two
		 * processes, and would never be seen. */
		if (!signal_others(SIGSTOP))
			return false;
		left = name_survivors(proc, taken);
		if (left <= 0 || looks == LOOKS)
			break;
		if (!survivors_continue())
			return false;
		poll(NULL, 0, INTERVAL);
	}
	if (left < 0)
		return fail_errno(left, "seal: the processes cannot be listed");
	if (left == 0)
		return true;
	say_add(" (end them before switch-root)");
	say_end();
	return false;
}
