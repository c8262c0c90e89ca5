/*
 * closefds.c - run a program with descriptors closed
 *
 * Usage: closefds [FD]... PROGRAM [ARGUMENT]...
 *
 * Closes the descriptors given, or 0, 1 and 2. Status 127 if PROGRAM cannot be executed (nothing
 * can be said then).
 *
 * SPDX-License-Identifier: MIT
 */

#include <ctype.h>
#include <stdlib.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	int i = 1;

	if (argc > 1 && !isdigit((unsigned char)argv[1][0]))
		for (int fd = 0; fd < 3; fd++)
			close(fd);
	for (; i < argc && isdigit((unsigned char)argv[i][0]); i++)
		close(atoi(argv[i]));
	if (i == argc)
		return 2;
	execvp(argv[i], argv + i);
	return 127;
}
