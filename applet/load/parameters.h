/*
 * parameters.h - the rd.ipe kernel parameters
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef LOAD_PARAMETERS_H
#define LOAD_PARAMETERS_H

/* What was read: a set of LOAD_OFF (rd.ipe=0: do nothing), LOAD_REQUIRED (rd.ipe.required) and
 * LOAD_SEAL (rd.ipe.seal), and of LOAD_INITRAMFS, which is set wherever this is read, with
 * rd.ipe.init; in a build with LOCKED always the second and third and LOAD_ENFORCE (ipe.enforce=0
 * counts as little). */
extern unsigned cmdline_set;

/* rd.ipe.init=PATH, or "". */
extern const char *cmdline_init;

/*
 * Reads the parameters from /proc/cmdline, split and unquoted as the kernel does it (next_arg,
 * lib/cmdline.c).  A switch is off when its value is 0, and on with any other or none; the last one
 * of a kind wins; a bare "--" ends them.  0, or -errno (E2BIG: too long for the buffer).  In a
 * build with LOCKED the text is not looked at.
 */
int cmdline_read(void);

#endif
