/*
 * main.c - one binary, three applets
 *
 * SPDX-License-Identifier: MIT
 */
#include <string.h>

#include "applets.h"
#include "say.h"
#include "start.h"

int main(int argc, char **argv)
{
	const char *name = argv[0], *at;

	/* The kernel gives a name since 5.18. */
	if (!argc)
		return 2;
	start_ignore_pipe();
	for (at = name; *at; at++)
		if (*at == '/')
			name = at + 1;
	if (!strcmp(name, "ipe-check")) {
		say_applet = name;
		return ipe_check(argv);
	}
	if (!strcmp(name, "ipe-status")) {
		say_applet = name;
		return ipe_status(argv);
	}
	return ipe_load(argv);
}
