/*
 * cmdline.h - the rd.ipe kernel parameters
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef CMDLINE_H
#define CMDLINE_H

#include <limits.h>
#include <stdbool.h>

#include "bytes.h"

struct cmdline {
	bool off;            /* rd.ipe=0: do nothing */
	bool required;       /* rd.ipe.required */
	bool enforce;        /* in a build with LOCKED: ipe.enforce=0 counts as little */
	bool seal;           /* rd.ipe.seal */
	char init[PATH_MAX]; /* rd.ipe.init=PATH, or "" */
};

/*
 * Reads the parameters from the text of a kernel command line, split and unquoted as the kernel
 * does it (next_arg, lib/cmdline.c).  A switch is off when its value is 0, and on with any other or
 * none; the last one of a kind wins; a bare "--" ends them.  False when rd.ipe.init has more than
 * PATH_MAX - 1 bytes.
 */
bool cmdline_parse(struct bytes text, struct cmdline *cmdline);

/* The same from /proc/cmdline.  0, or -errno (E2BIG: too long for the
 * buffer, or as above).  In a build with LOCKED the text is not looked at: required and seal are
 * set. */
int cmdline_read(struct cmdline *cmdline);

#endif
