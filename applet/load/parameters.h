/*
 * parameters.h - the kernel parameters that the initramfs mode obeys
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef LOAD_PARAMETERS_H
#define LOAD_PARAMETERS_H

#include <linux/limits.h>
#include <stdbool.h>

struct parameters {
	bool off;      /* rd.ipe=0: do nothing */
	bool required; /* rd.ipe.required */
	bool seal;     /* rd.ipe.seal; and in a build with SEAL=1 */
	bool enforce;  /* in a build with LOCKED=1: ipe.enforce=0 counts as little as the others */
	char init[PATH_MAX]; /* rd.ipe.init=PATH, or "" */
};

/*
 * Reads the parameters from /proc/cmdline, also where that is not mounted.  They are split and
 * unquoted as the kernel does it (next_arg, lib/cmdline.c).  A switch is off when its value is 0,
 * and on with any other value, or none.  The last one of a kind wins; a bare "--" ends them.
 *
 * A build with LOCKED=1 does not look at them: a policy is required, and IPE must enforce.
 *
 * False after an error was said.
 */
bool parameters_read(struct parameters *parameters);

#endif
