/*
 * init.h - being process 1
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef LOAD_INIT_H
#define LOAD_INIT_H

#include <stdbool.h>

/*
 * What process 1, or an initramfs hook, must know of the boot.  When "/" is the initramfs (type
 * rootfs in mountinfo) sets LOAD_INITRAMFS in options_given, if that is not set already; with it
 * the rd.ipe parameters are read (cmdline.h).  Works where /proc is not mounted.  False after an
 * error was said.
 */
bool init_boot(void);

/*
 * Executes the next init with these arguments (argv[0] is set to path) and the environment as it
 * is.  Only returns after an error was said: also when it is this program itself, which would run
 * for ever.
 */
void init_execute(const char *path, char **argv);

#endif
