/*
 * file.h - open, read and write a file
 *
 * The calls of open(2), read(2) and write(2) with what every caller here wants: interrupted calls
 * are made again, descriptors are close-on-exec, and none of them is a standard one.  Failures are
 * -errno.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef KERNEL_FILE_H
#define KERNEL_FILE_H

#include <stddef.h>

#include "policy/bytes.h"

/*
 * openat(2) with O_CLOEXEC and O_NOCTTY.  The descriptor is at least 3: when standard descriptors
 * were closed at the start, no message can land in what is opened here.
 *
 * Returns the descriptor or -errno.
 */
int file_open(int directory, const char *path, int flags);

/*
 * Moves a descriptor that is 0, 1 or 2 to the lowest free one from 3 on, close-on-exec.
 *
 * Returns the descriptor, or -errno; then fd is closed.
 */
int file_move_above_standard(int fd);

/*
 * Reads the file from where it stands until its end or until size bytes have come.
 *
 * Returns the number of bytes, or -errno.  A result of size means that there may be more.
 */
long file_read(int fd, void *buffer, size_t size);

/* Files of the kernel's, such as a list of all mounts, are taken up to this length. */
#define FILE_WHOLE_LONGEST (1024L * 1024)

/*
 * Opens the file, reads all of it, and closes it.  *content is valid until the next call.
 *
 * Returns 0 or -errno; -EFBIG when it is longer than FILE_WHOLE_LONGEST.
 */
int file_read_whole(int directory, const char *path, struct bytes *content);

/* Writes all of it with one write(2), as securityfs and the kernel's log want it.  Returns 0 or
 * -errno; -EIO when only a part was taken. */
int file_write(int fd, const void *buffer, size_t size);

/* The same for a file that is not open yet: opens, writes and closes it. */
int file_write_path(int directory, const char *path, const void *buffer, size_t size);

#endif
