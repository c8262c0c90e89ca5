/*
 * proc.h - files of proc
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef KERNEL_PROC_H
#define KERNEL_PROC_H

#include "policy/bytes.h"

/* Reads all of the file at path below /proc, mounted or not (kernel/mount.h), as
 * file_read_whole() does. */
int proc_read(const char *path, struct bytes *content);

#endif
