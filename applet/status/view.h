/*
 * view.h - is all of proc and sysfs seen?
 *
 * What is mounted on /proc and /sys may be a part of it (subset= and hidepid=, proc(5); a bind
 * mount of a directory), or covered in part by other mounts, as systemd and container managers do.
 * A file that is not seen there says nothing about the kernel.  A mount of one's own is whole.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STATUS_VIEW_H
#define STATUS_VIEW_H

#include <stdbool.h>

/* Makes mounts of this program's own, where it may.  To be called before any file of proc or sysfs
 * is read. */
void view_start(void);

/* False also when it cannot be told. */
bool view_has_all_of_proc(void);
bool view_has_all_of_sysfs(void);

#endif
