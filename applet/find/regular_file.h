/*
 * regular_file.h - opening a regular file, and nothing else
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef FIND_REGULAR_FILE_H
#define FIND_REGULAR_FILE_H

#include "kernel/identity.h"

/*
 * Opens path as openat(2) does.  root is AT_FDCWD, or a directory that the path and every link on
 * it stay in (RESOLVE_IN_ROOT of openat2(2), Linux 5.6).
 *
 * Returns a close-on-exec descriptor of at least 3, or -errno.
 */
int resolve_in_root(int root, const char *path, int flags);

/* Opens path, from the root directory, if no part of it is a link: a descriptor, or -errno; ELOOP:
 * one is. */
int resolve_without_links(const char *path, int flags);

/*
 * Opens a regular file for reading, in root as above.  What it is is asked before it is opened, so
 * that no FIFO blocks and no device is started.
 *
 * Returns a descriptor, or -errno: -EBADF when it is no regular file.  *is tells what it is, after
 * success and -EBADF.
 */
int regular_file_open(int root, const char *path, struct file_identity *is);

/* "a FIFO", "a directory" and so on: what a file that is not regular is. */
const char *file_type_words(const struct file_identity *is);

#endif
