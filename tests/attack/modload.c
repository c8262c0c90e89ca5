/*
 * modload.c - load a kernel module, and leave the mark if it was loaded
 *
 * Usage: modload file|memory MODULE.ko NAME. SPDX-License-Identifier: MIT
 */

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "mark.h"

static char module[4 << 20];

int main(int argc, char **argv)
{
	long result;
	ssize_t size;
	int fd;

	if (argc < 4)
		return 2;
	fd = open(argv[2], O_RDONLY);
	if (!strcmp(argv[1], "file")) {
		result = syscall(SYS_finit_module, fd, "", 0);
	} else {
		size = read(fd, module, sizeof(module));
		result = syscall(SYS_init_module, module, size, "");
	}
	if (result) {
		perror("module");
		return 1;
	}
	msgget(MARK_KEY, MARK_MODE);
	syscall(SYS_delete_module, argv[3], O_NONBLOCK);
	return 0;
}
