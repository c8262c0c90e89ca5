/*
 * clock.c - execute a program and say what the processor's clock was just before
 *
 *   clock PROGRAM [ARGUMENT]...
 *
 * Prints the time-stamp counter, as read in the child right before execve(2), to standard error,
 * and ends with the child's status. The kernel's trace clock "x86-tsc" counts the same. x86-64
 * only.
 *
 * SPDX-License-Identifier: MIT
 */
#include <stdio.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	volatile unsigned long *start =
		mmap(0, sizeof(*start), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	int status;
	pid_t child;

	if (argc < 2 || start == MAP_FAILED)
		return 125;
	/* The page must be there before it counts. */
	*start = 0;
	child = fork();
	if (!child) {
		*start = 1;
		*start = __builtin_ia32_rdtsc();
		execv(argv[1], argv + 1);
		_exit(125);
	}
	if (child < 0 || waitpid(child, &status, 0) != child)
		return 125;
	fprintf(stderr, "start %lu\n", *start);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 125;
}
