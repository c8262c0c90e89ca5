/*
 * entries.h - the names in a directory
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef KERNEL_ENTRIES_H
#define KERNEL_ENTRIES_H

#include "kernel/chunks.h"

/* Begins with path below the open directory at; as chunks_open. */
void entries_open(struct chunks *directory, int at, const char *path);

/* The next name, valid until the next call ("." and ".." are names too), or null: then
 * directory->have is 0 at the end, or -errno, and fd is closed. */
const char *entries_next(struct chunks *directory);

#endif
