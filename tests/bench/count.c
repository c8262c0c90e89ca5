/*
 * count.c - count what a program and its children do until a policy is active
 *
 *   count [-a] PROGRAM [ARGUMENT]...
 *
 * Executes PROGRAM and steps through it and all its children, one instruction at a time, from the
 * first instruction after exec until write(2) of "1" to a policy's file "active" has returned. Then
 * lets them run to their end, and prints to standard error
 *
 *   instructions N calls N programs N processes N status N
 *
 * Instructions are those of user space; one with a rep prefix is one, however often it repeats.
 * Calls are system calls that were made, the last write included. Programs are execs, the first
 * included. With -a, also a line "call NAME-OR-NUMBER" for each system call of each process, and
 * "at ADDRESS N" for each address of the first program below 16 MiB, for finding what costs.
 *
 * Needs /proc at PROC (default /proc); the program need not see it. x86-64 only.
 *
 * SPDX-License-Identifier: MIT
 */
#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <unistd.h>

#define MAX_TASKS 64
#define PROFILED 0x1000000UL
#define FOLLOWED \
	(PTRACE_O_TRACEFORK | PTRACE_O_TRACEVFORK | PTRACE_O_TRACECLONE | PTRACE_O_TRACEEXEC | \
		PTRACE_O_EXITKILL)

/* What the instruction at an address is. */
enum kind { KIND_UNKNOWN, KIND_PLAIN, KIND_CALL, KIND_REPEATS };

struct task {
	pid_t pid;
	bool known;            /* it has stopped before */
	unsigned long address; /* of the instruction that it was let do */
	enum kind kind;        /* of that */
	int write_to;          /* that is a write of "1" to this descriptor, or -1 */
};

static struct task tasks[MAX_TASKS];
static unsigned long instructions, calls, programs, processes;
static bool all, counting, active;
static unsigned *profile;
static const char *proc = "/proc";

static _Noreturn void die(const char *what)
{
	perror(what);
	exit(125);
}

static struct task *task_of(pid_t pid)
{
	int i, free = -1;

	for (i = 0; i < MAX_TASKS; i++) {
		if (tasks[i].pid == pid)
			return &tasks[i];
		if (!tasks[i].pid && free < 0)
			free = i;
	}
	if (free < 0)
		die("too many processes");
	tasks[free] = (struct task){.pid = pid, .write_to = -1};
	processes++;
	return &tasks[free];
}

/* What was read at an address stays there until the next exec. */
static struct {
	unsigned long address;
	enum kind kind;
} cache[1 << 14];

static enum kind kind_at(pid_t pid, unsigned long address)
{
	size_t slot = address % (sizeof(cache) / sizeof(*cache));
	unsigned char code[4] = {0};
	enum kind kind = KIND_PLAIN;
	int i;
	struct iovec here = {code, sizeof(code)}, there = {(void *)address, sizeof(code)};

	if (cache[slot].kind && cache[slot].address == address)
		return cache[slot].kind;
	/* The last bytes of a page may be fewer. */
	if (process_vm_readv(pid, &here, 1, &there, 1, 0) < 2) {
		there.iov_len = here.iov_len = 2;
		process_vm_readv(pid, &here, 1, &there, 1, 0);
	}
	if ((code[0] == 0x0f && code[1] == 0x05) || (code[0] == 0xcd && code[1] == 0x80))
		kind = KIND_CALL;
	for (i = 0; i < 3; i++)
		if (code[i] == 0xf2 || code[i] == 0xf3)
			kind = KIND_REPEATS;
		else if (code[i] != 0x66)
			break;
	cache[slot].address = address;
	cache[slot].kind = kind;
	return kind;
}

/* Is the descriptor a policy's file "active"? */
static bool is_active_file(pid_t pid, int fd)
{
	char path[64], name[PATH_MAX];
	ssize_t length;

	snprintf(path, sizeof(path), "%s/%d/fd/%d", proc, (int)pid, fd);
	length = readlink(path, name, sizeof(name) - 1);
	if (length < 7)
		return false;
	name[length] = 0;
	return !strcmp(name + length - 7, "/active");
}

/* Remembers what the task is about to do. */
static void before(struct task *task, const struct user_regs_struct *regs)
{
	char byte = 0;
	struct iovec here = {&byte, 1}, there = {(void *)regs->rsi, 1};

	task->address = regs->rip;
	task->kind = kind_at(task->pid, regs->rip);
	task->write_to = -1;
	if (task->kind != KIND_CALL)
		return;
	calls++;
	if (all)
		fprintf(stderr, "call %d %lld\n", (int)task->pid, (long long)regs->rax);
	if (regs->rax == SYS_write && (regs->rdx == 1 || regs->rdx == 2) &&
		process_vm_readv(task->pid, &here, 1, &there, 1, 0) == 1 && byte == '1')
		task->write_to = (int)regs->rdi;
}

/* Counts what the task has done since before(). */
static void after(struct task *task, const struct user_regs_struct *regs)
{
	if (!task->kind || regs->rip == task->address)
		return;
	instructions++;
	if (profile && programs == 1 && task->address < PROFILED)
		profile[task->address]++;
	if (task->write_to >= 0 && (long)regs->rax > 0 && is_active_file(task->pid, task->write_to))
		active = true;
}

static void stopped(pid_t pid, int status)
{
	struct task *task = task_of(pid);
	struct user_regs_struct regs;
	int signal = WSTOPSIG(status), event = status >> 16;

	if (!task->known) {
		task->known = true;
		if (ptrace(PTRACE_SETOPTIONS, pid, 0, FOLLOWED))
			die("PTRACE_SETOPTIONS");
		signal = 0;
	}
	if (event || signal == SIGTRAP)
		signal = 0;
	if (event == PTRACE_EVENT_EXEC) {
		programs++;
		counting = true;
		memset(cache, 0, sizeof(cache));
		task->kind = KIND_UNKNOWN;
	}
	/* A stop within a system call, of which the end is still to come. */
	if (event && event != PTRACE_EVENT_EXEC) {
		ptrace(PTRACE_SINGLESTEP, pid, 0, 0);
		return;
	}
	if (counting && !active) {
		if (ptrace(PTRACE_GETREGS, pid, 0, &regs))
			die("PTRACE_GETREGS");
		after(task, &regs);
		if (!active) {
			/* A repeating one that is not over, or a signal: the same once more. */
			if (!task->kind || regs.rip != task->address)
				before(task, &regs);
			ptrace(PTRACE_SINGLESTEP, pid, 0, signal);
			return;
		}
	}
	ptrace(PTRACE_CONT, pid, 0, signal);
}

int main(int argc, char **argv)
{
	int status, result = 0, first = 1;
	unsigned long address;
	pid_t child, pid;

	if (getenv("PROC"))
		proc = getenv("PROC");
	if (argc > first && !strcmp(argv[first], "-a")) {
		all = true;
		profile = calloc(PROFILED, sizeof(*profile));
		first++;
	}
	if (argc <= first) {
		fputs("usage: count [-a] PROGRAM [ARGUMENT]...\n", stderr);
		return 125;
	}
	child = fork();
	if (child < 0)
		die("fork");
	if (!child) {
		unsetenv("PROC");
		if (ptrace(PTRACE_TRACEME, 0, 0, 0) || raise(SIGSTOP))
			die("PTRACE_TRACEME");
		execvp(argv[first], argv + first);
		die(argv[first]);
	}
	while ((pid = waitpid(-1, &status, __WALL)) > 0) {
		if (WIFSTOPPED(status)) {
			stopped(pid, status);
			continue;
		}
		task_of(pid)->pid = 0;
		if (pid == child)
			result = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
	}
	if (profile)
		for (address = 0; address < PROFILED; address++)
			if (profile[address])
				fprintf(stderr, "at %lx %u\n", address, profile[address]);
	fprintf(stderr, "instructions %lu calls %lu programs %lu processes %lu status %d\n",
		instructions, calls, programs, processes, result);
	if (!active) {
		fputs("count: no policy was activated\n", stderr);
		return 125;
	}
	return result;
}
