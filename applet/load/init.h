/*
 * init.h - being process 1, or an initramfs's hook
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef LOAD_INIT_H
#define LOAD_INIT_H

/*
 * Is "/" the initramfs?  Its type is rootfs in /proc/self/mounts, which is read also where /proc
 * is not mounted.
 *
 * Returns 1, 0, or -1 after an error was said.
 */
int init_is_in_initramfs(void);

/*
 * Executes the next init, with these arguments (argv[0] becomes path) and the environment as it is.
 * Only returns after an error was said; also when path is this very program, which would go on for
 * ever.
 */
void init_execute(const char *path, char **argv);

#endif
