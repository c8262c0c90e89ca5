/*
 * ipe.h - IPE's directory in securityfs (security/ipe/fs.c)
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef KERNEL_IPE_H
#define KERNEL_IPE_H

#include <stddef.h>

#include "policy/text.h"

/* A policy's node: "policies/NAME/NODE".  NAME has at most NAME_MAX bytes (255), no node's name
 * more than 8. */
#define IPEFS_PATH_MAX (sizeof("policies/") + 255 + sizeof("/version"))

/*
 * Opens the directory, also where securityfs is not mounted; all other functions work in it.  0, or
 * -errno: ENOENT when IPE is not among the running security modules (then *lsm is securityfs' list
 * of them, or "" when it could not be read; it is valid for good), ENODEV when the kernel has no
 * securityfs, EPERM when it is not mounted and the caller may not mount.
 */
int ipefs_open(const char **lsm);

/* Since then: the root of securityfs, or -errno, as above. */
extern int ipefs_securityfs;

/* Can this name be a policy's directory?  Not empty, ".", "..", with a slash or a NUL in it, or
 * longer than 255 bytes (lookup_one_len, called by securityfs_create_dir). */
bool ipefs_name_fits(struct bytes name);

/* Opens a node of a policy, whose name must fit, or, with null, one of the directory itself.  A
 * descriptor, or -errno. */
int ipefs_open_node(const struct bytes *name, const char *node, int flags);

/* Writes all of it to a node with one write(2).  0 or -errno. */
int ipefs_write(const struct bytes *name, const char *node, const struct bytes *what);

/* Writes "1", likewise. */
int ipefs_set(const struct bytes *name, const char *node);

/* Reads "1" or "0" from a node that is open (a negative fd is an -errno, and returned).  1, 0, or
 * -errno (EIO: it reads otherwise). */
int ipefs_read_flag(int fd);

/* Is IPE enforcing?  1, 0, or -errno. */
int ipefs_enforcing(void);

/* Is a policy active?  1, 0, or -errno. */
int ipefs_active(const struct bytes *name);

/* Reads a policy's version.  0, or -errno: ENOENT when it is not loaded. */
int ipefs_version(const struct bytes *name, struct policy_version *version);

/* A loaded policy that was found: its name is valid until the next is looked for. */
extern struct ipefs_found {
	struct bytes name;
	struct policy_version version; /* only after ipefs_find_active */
} ipefs_found;

/* The next of the loaded policies.  1, 0 (none left), or -errno: then the next call begins again.
 */
int ipefs_next(void);

/* The active one of all, with its version.  1, 0 (none is), or -errno. */
int ipefs_find_active(void);

/* Reads a policy's text into a buffer that the next call overwrites.  0 or -errno. */
int ipefs_text(const struct bytes *name, struct bytes *text);

#endif
