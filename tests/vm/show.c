/*
 * show.c - show what a program was started with
 *
 * Usage: show [ARGUMENT]...
 *
 * Prints, one a line: pid=N; arg=TEXT for each argument, that of its own name included; env=TEXT
 * for each variable; fd=N for each open descriptor below 1024. As process 1 it writes this to
 * /vm/tmp/show and goes on as /init, with the same arguments and environment.
 *
 * SPDX-License-Identifier: MIT
 */

#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

extern char **environ;

int main(int argc, char **argv)
{
	char open_fds[1024];
	FILE *out = stdout;

	(void)argc;
	/* Before a file of our own is opened. */
	for (int fd = 0; fd < (int)sizeof(open_fds); fd++)
		open_fds[fd] = fcntl(fd, F_GETFD) >= 0;
	if (getpid() == 1) {
		mkdir("/vm/tmp", 0777);
		out = fopen("/vm/tmp/show", "we");
		if (!out)
			return 1;
	}
	fprintf(out, "pid=%d\n", (int)getpid());
	for (char **arg = argv; *arg; arg++)
		fprintf(out, "arg=%s\n", *arg);
	for (char **variable = environ; *variable; variable++)
		fprintf(out, "env=%s\n", *variable);
	for (int fd = 0; fd < (int)sizeof(open_fds); fd++)
		if (open_fds[fd])
			fprintf(out, "fd=%d\n", fd);
	if (fflush(out))
		return 1;
	if (getpid() != 1)
		return 0;
	argv[0] = "/init";
	execv(argv[0], argv);
	perror(argv[0]);
	return 127;
}
