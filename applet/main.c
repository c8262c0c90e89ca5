/*
 * main.c - one binary, three applets
 *
 * SPDX-License-Identifier: MIT
 */
#include "applets.h"
#include "policy/bytes.h"
#include "say.h"

int main(int argc, char **argv)
{
	struct bytes path, name;

	/* Kernels since 5.18 always give a name. */
	if (argc == 0)
		return 2;
	/* The last component of the path that it was called by. */
	path = bytes_of(argv[0]);
	while (bytes_until(&path, &name, "/"))
		;
	if (bytes_are(name, "ipe-check")) {
		say_start("ipe-check");
		return ipe_check(argv);
	}
	if (bytes_are(name, "ipe-status")) {
		say_start("ipe-status");
		return ipe_status(argv);
	}
	say_start("ipe-load");
	return ipe_load(argv);
}
