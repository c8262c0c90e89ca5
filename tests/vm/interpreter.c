/*
 * interpreter.c - an interpreter that asks the kernel whether it may run a script
 *
 * Usage: interpreter SCRIPT | -c TEXT | -
 *
 * Runs a script, TEXT, or (-) what is on standard input: prints it, but for lines that begin with
 * "#". What it refuses to run, and when, is what Documentation/userspace-api/check_exec.rst asks of
 * interpreters. Status 1 then.
 *
 * SPDX-License-Identifier: MIT
 */

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

/* include/uapi/linux/fcntl.h and securebits.h; headers before 6.14 lack them. */
#define MY_AT_EXECVE_CHECK 0x10000
#define MY_SECBIT_EXEC_RESTRICT_FILE (1 << 8)
#define MY_SECBIT_EXEC_DENY_INTERACTIVE (1 << 10)

extern char **environ;

static int refuse(const char *name, const char *why)
{
	fprintf(stderr, "interpreter: %s: refused: %s\n", name, why);
	return 1;
}

static int run(FILE *script)
{
	char line[256];

	while (fgets(line, sizeof(line), script))
		if (line[0] != '#')
			fputs(line, stdout);
	return 0;
}

/* Runs what is open as script; where that is restricted, only if the kernel would execute it. */
static int run_checked(FILE *script, char *name, bool restricted)
{
	char *argv[] = {name, NULL};
	long refused = syscall(SYS_execveat, fileno(script), "", argv, environ,
		AT_EMPTY_PATH | MY_AT_EXECVE_CHECK);

	if (refused && restricted)
		return refuse(name, strerror(errno));
	return run(script);
}

int main(int argc, char **argv)
{
	int bits = prctl(PR_GET_SECUREBITS, 0, 0, 0, 0);
	bool restrict_file = bits & MY_SECBIT_EXEC_RESTRICT_FILE;
	bool deny_interactive = bits & MY_SECBIT_EXEC_DENY_INTERACTIVE;
	FILE *script;

	if (argc == 3 && !strcmp(argv[1], "-c")) {
		if (deny_interactive)
			return refuse("-c", "interactive");
		puts(argv[2]);
		return 0;
	}
	if (bits < 0 || argc != 2) {
		fprintf(stderr, "usage: interpreter SCRIPT | -c TEXT | -\n");
		return 2;
	}
	if (!strcmp(argv[1], "-"))
		return run_checked(stdin, "standard input", deny_interactive);
	script = fopen(argv[1], "re");
	if (!script)
		return refuse(argv[1], strerror(errno));
	return run_checked(script, argv[1], restrict_file);
}
