/*
 * memfd.c - run a program from a file that is in no directory
 *
 * Usage: memfd PROGRAM. SPDX-License-Identifier: MIT
 */

#include <fcntl.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	int from = open(argc > 1 ? argv[1] : "", O_RDONLY), fd = memfd_create("evil", 0);
	char *none[] = {"evil", NULL};

	while (sendfile(fd, from, NULL, 1 << 20) > 0)
		;
	fexecve(fd, none, none + 1);
	perror("fexecve");
	return 126;
}
