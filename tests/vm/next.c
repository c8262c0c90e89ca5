/*
 * next.c - a next init that shows what it was started with, and powers off
 *
 * Prints, one a line behind "next: ": pid=N; arg=TEXT for each argument, that of its own name
 * included; env=TEXT for each variable; fd=N for each open descriptor below 1024; mount=LINE for
 * each line of /proc/mounts, for which it mounts proc itself, after everything else was looked at.
 *
 * SPDX-License-Identifier: MIT
 */

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/reboot.h>
#include <sys/stat.h>
#include <unistd.h>

extern char **environ;

int main(int argc, char **argv)
{
	char open_fds[1024], line[4096];
	FILE *mounts;

	(void)argc;
	for (int fd = 0; fd < (int)sizeof(open_fds); fd++)
		open_fds[fd] = fcntl(fd, F_GETFD) >= 0;
	setvbuf(stdout, NULL, _IOLBF, 0);
	printf("next: pid=%d\n", (int)getpid());
	for (char **arg = argv; *arg; arg++)
		printf("next: arg=%s\n", *arg);
	for (char **variable = environ; *variable; variable++)
		printf("next: env=%s\n", *variable);
	for (int fd = 0; fd < (int)sizeof(open_fds); fd++)
		if (open_fds[fd])
			printf("next: fd=%d\n", fd);
	mkdir("/proc", 0755);
	mount("proc", "/proc", "proc", 0, NULL);
	mounts = fopen("/proc/mounts", "re");
	while (mounts && fgets(line, sizeof(line), mounts))
		printf("next: mount=%s", line);
	printf("next: end\n");
	fflush(stdout);
	sync();
	reboot(RB_POWER_OFF);
	return 0;
}
