/*
 * helpers.h - the programs that the kernel starts by itself
 *
 * A core_pattern pipe, modprobe, and others: their capabilities come from
 * /proc/sys/kernel/usermodehelper (kernel/umh.c), not from process 1.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef HOLD_HELPERS_H
#define HOLD_HELPERS_H

/* Takes seal_capabilities from them for good.  0 or -errno. */
int helpers_drop(void);

#endif
