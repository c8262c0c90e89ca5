/*
 * main.c - one binary, three applets
 *
 * SPDX-License-Identifier: MIT
 */
#include <string.h>

#include "applets.h"
#include "say.h"

int main(int argc, char **argv)
{
	const char *name = argc ? argv[0] : "", *at;

	for (at = name; *at; at++)
		if (*at == '/')
			name = at + 1;
	if (!strcmp(name, "ipe-check")) {
		say_applet = name;
		return ipe_check(argc, argv);
	}
	if (!strcmp(name, "ipe-status")) {
		say_applet = name;
		return ipe_status(argc, argv);
	}
	return ipe_load(argc, argv);
}
