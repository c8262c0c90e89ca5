/*
 * start.c - how this program came to run
 *
 * With musl, on the machines named below, also how it is started: what musl sets up (thread-local
 * storage, the program's name, atexit and more) has 2,000 bytes and is used by nothing here, since
 * system calls are made directly (system.h) and memory.c has the rest.
 *
 * SPDX-License-Identifier: MIT
 */
#include "start.h"

#include <elf.h>
#include <signal.h>

#ifdef DIRECT_START

#include "system.h"

/* As the kernel has it: the handler, flags and more, all 0, and the set of signals. */
static struct {
	unsigned long handler, more[3];
} pipe_action;

void start_ignore_pipe(void)
{
	pipe_action.handler = (unsigned long)SIG_IGN;
	system_call5(SYS_rt_sigaction, SIGPIPE, (long)&pipe_action, (long)&pipe_action, 8, 0);
}

void start_restore_pipe(void)
{
	system_call5(SYS_rt_sigaction, SIGPIPE, (long)&pipe_action, 0, 8, 0);
}

char **start_environment;

int main(int argc, char **argv);

/* What the kernel has put on the stack: the number of arguments, these, a null pointer, the
 * environment, a null pointer, pairs of numbers. */
_Noreturn __attribute__((used)) void start(unsigned long *stack)
{
	char **argv = (char **)(stack + 1), **end = argv + *stack + 1;

	start_environment = end;
	sys_exit(main((int)*stack, argv));
}

#ifdef __x86_64__
__asm__(".globl\t_start\n_start:\tmov\t%rsp,%rdi\n\tcall\tstart\n");
#else
__asm__(".globl\t_start\n_start:\tmov\tx0,sp\n\tbl\tstart\n");
#endif

const char *start_path(void)
{
	const unsigned long *entry;
	char **end = start_environment;

	while (*end++)
		;
	for (entry = (const unsigned long *)end; entry[0] != AT_NULL; entry += 2)
		if (entry[0] == AT_EXECFN)
			return (const char *)entry[1];
	return "";
}

#else

#include <sys/auxv.h>
#include <unistd.h>

static void (*pipe_action)(int);

void start_ignore_pipe(void)
{
	pipe_action = signal(SIGPIPE, SIG_IGN);
}

void start_restore_pipe(void)
{
	signal(SIGPIPE, pipe_action);
}

const char *start_path(void)
{
	const char *path = (const char *)getauxval(AT_EXECFN);

	return path ? path : "";
}

#endif
