/*
 * regular.h - opening a regular file, and nothing else
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef REGULAR_H
#define REGULAR_H

#include <sys/stat.h>

/*
 * Opens path as openat(2) does; root is AT_FDCWD, or a directory that path, and every link on it,
 * is taken to be in (RESOLVE_IN_ROOT of openat2(2), Linux 5.6).  A close-on-exec descriptor of at
 * least 3, or -errno.
 */
int regular_resolve(int root, const char *path, int flags);

/*
 * Opens a regular file for reading.  Nothing else is opened even for a moment, so that neither a
 * FIFO blocks nor a device is started.  A descriptor, or -errno; -EBADF when it is no regular file:
 * then *is is what it is.
 */
int regular_open(int root, const char *path, struct stat *is);

/* "a directory", "a FIFO", ... for an st_mode. */
const char *regular_kind(mode_t mode);

#endif
