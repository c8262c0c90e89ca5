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

/* Reads which capabilities they may have: those of their two sets together.  proc is the root
 * directory of proc.  Returns 0 or -errno. */
int helpers_read(int proc, uint64_t *capabilities);

/*
 * Takes a set of capabilities (CAPABILITY() in hold/thread.h) from them, for good: no bit can be
 * set there again.  proc is the root directory of proc.  Those that have started already keep
 * theirs.
 *
 * False after an error was said.
 */
bool helpers_lose(int proc, uint64_t capabilities);

#endif
