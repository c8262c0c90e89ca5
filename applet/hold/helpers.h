/*
 * helpers.h - the programs that the kernel starts by itself
 *
 * A core_pattern pipe, modprobe, and others: they are no descendants of process 1, and get their
 * capabilities from /proc/sys/kernel/usermodehelper (kernel/umh.c).
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef HOLD_HELPERS_H
#define HOLD_HELPERS_H

#include <stdbool.h>
#include <stdint.h>

/* Their two sets, below /proc. */
#define HELPERS_BOUNDING "sys/kernel/usermodehelper/bset"
#define HELPERS_INHERITABLE "sys/kernel/usermodehelper/inheritable"

/*
 * Reads the set of capabilities in one of these files below proc, the root directory of proc: two
 * decimal numbers of 32 bits each, the lower one first, then a tab, then the higher one, then a
 * line feed (proc_cap_handler, kernel/umh.c).
 *
 * Returns 0 or -errno; EIO when the file says something else.
 */
int helpers_read_set(int proc, const char *path, uint64_t *set);

/*
 * Takes a set of capabilities (CAPABILITY() in hold/thread.h) from them, for good: no bit can be
 * set there again.  proc is the root directory of proc.  Those that have started already keep
 * theirs.
 *
 * False after an error was said.
 */
bool helpers_lose(int proc, uint64_t capabilities);

#endif
