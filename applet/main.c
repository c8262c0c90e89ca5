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
	const char *name = argc ? argv[0] : "", *slash = strrchr(name, '/');

	if (slash)
		name = slash + 1;
	if (!strcmp(name, "ipe-check")) {
		say_applet = "ipe-check";
		return ipe_check(argc, argv);
	}
	if (!strcmp(name, "ipe-status")) {
		say_applet = "ipe-status";
		return ipe_status(argc, argv);
	}
	return ipe_load(argc, argv);
}
