/*
 * try_root.h - whether ipe-load runs as the real root's init
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef LOAD_TRY_ROOT_H
#define LOAD_TRY_ROOT_H

#include <stdbool.h>

/* With this as its only argument ipe-load ends with status 0.  No other program knows it. */
#define TRY_ROOT "--try-root"

/*
 * What switches the root starts another init when the one that init= names cannot be executed, and
 * that one runs unsealed.  So, before the root is switched, a hook of the initramfs asks this.
 *
 * root is the directory where the real root is mounted, init the path that is init there, or null:
 * then the last init= of /proc/cmdline, as systemd takes it.  When that names ipe-load, this
 * process becomes that program, with TRY_ROOT, in the real root, for at most 10 seconds.  It names
 * ipe-load when that is its last component, when it is a link that leads to that name, and when it
 * is the file /usr/sbin/ipe-load of the real root.
 *
 * True when init is another program, or none; false after an error was said: among others when
 * init is another program and init= of /proc/cmdline names ipe-load.
 */
bool try_root(const char *root, const char *init);

#endif
