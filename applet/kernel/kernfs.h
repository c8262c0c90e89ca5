/*
 * kernfs.h - a kernel file system, mounted or not
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef KERNEL_KERNFS_H
#define KERNEL_KERNFS_H

#include <stdbool.h>
#include <stddef.h>

/* Process 1 sets this: where a file system is mounted, whoever was root before may have mounted
 * something else over a part of it. */
extern bool kernfs_own;

/*
 * Opens the root directory of the file system of that type: unless kernfs_own is set, where it is
 * customarily mounted, if what is mounted there has that magic number (path "": nowhere, as for
 * devtmpfs, whose number is also tmpfs's and thus that of an initramfs), else a mount of our own
 * that is attached to no directory (fsopen, fsconfig, fsmount: Linux 5.2) and ends when the
 * descriptor is closed and what was opened below it too.
 *
 * Returns a close-on-exec descriptor of at least 3, or -errno: ENODEV when the kernel does not have
 * the type, EPERM without CAP_SYS_ADMIN.
 */
int kernfs_open(const char *type, const char *path, unsigned long magic);

/* The same for securityfs. */
int kernfs_security(void);

/* The same for proc, at each call the same descriptor, which stays open. */
int kernfs_proc(void);

/*
 * openat(2) that never returns a descriptor below 3, so that no message can land in what it opened
 * when a standard descriptor was closed, and that adds O_CLOEXEC and O_NOCTTY.  Returns the
 * descriptor or -errno.  kernfs_high does the same for any descriptor got otherwise (or -errno).
 *
 * What these and the functions below get as a descriptor may also be the -errno that opening it has
 * returned: then they do nothing but return it.
 */
int kernfs_openat(int directory, const char *path, int flags);
int kernfs_high(int fd);

/* Closes it. */
void kernfs_close(int fd);

/* The same; returns the result given. */
int kernfs_closed(int fd, int result);

/*
 * Reads the file from its beginning into buffer, as far as there is room.  Returns the number of
 * bytes, or -errno.  A result equal to size means that there may be more.
 */
int kernfs_read(int fd, void *buffer, size_t size);

/* The same for what is not open. */
int kernfs_read_at(int directory, const char *path, void *buffer, size_t size);

/* Writes all of it with one write(2).  0 or -errno. */
int kernfs_write(int fd, const void *buffer, size_t size);

#endif
