/*
 * setting.h - what the kernel can do here, and how it is set
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STATUS_SETTING_H
#define STATUS_SETTING_H

#include <stdbool.h>
#include <stdint.h>

#include "policy/bytes.h"

/* Reads a file of /proc, at path below it, as proc_read() does.  ENOENT: this kernel has no such
 * file.  Where it may only be hidden (status/view.h), and not there or empty, it is EACCES. */
int setting_read(const char *path, struct bytes *content);

/* Reads a file of /proc, at path below it, that holds one decimal number.  Returns 0 or -errno; EIO
 * when it holds something else, ENOENT when this kernel has no such setting. */
int setting_read_number(const char *path, uint64_t *value);

/* Reads the first line of a file at path below the root directory of securityfs or sysfs, without
 * its line feed.  *line is valid until the next call of file_read_whole().  root may be -errno,
 * which is returned then.  Returns 0 or -errno. */
int setting_read_line(int root, const char *path, struct bytes *line);

/* The same for a file of sysfs.  ENOENT and EACCES as for setting_read(). */
int setting_read_sysfs(const char *path, struct bytes *line);

/* Is there such a file of sysfs?  1, 0 or -errno; EACCES where it may only be hidden. */
int setting_is_in_sysfs(const char *path);

/* Is this kernel of that version or newer?  A release candidate is older.  By uname(2): what a
 * distribution has taken into an older one is not seen. */
bool setting_is_since(unsigned major, unsigned minor);

/* The kernel's release, as uname(2) has it. */
const char *setting_release(void);

/*
 * Is that file system in the kernel, or is its module among those of the running kernel?  DIRECTORY
 * is the one of its module below /lib/modules/RELEASE/kernel/fs, MODULE the module's name.
 * *where becomes the place that says so.
 *
 * Returns 1, 0 or -errno.
 */
struct setting_filesystem {
	const char *type;   /* in /proc/filesystems */
	const char *module; /* "fuse/fuse.ko": below /lib/modules/RELEASE/kernel/fs */
};
int setting_has_filesystem(const struct setting_filesystem *filesystem, const char **where);

#endif
