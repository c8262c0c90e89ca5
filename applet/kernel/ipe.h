/*
 * ipe.h - IPE's directory in securityfs (security/ipe/fs.c, policy_fs.c)
 *
 * A policy is called by its name, which must fit (ipe_name_fits).  Failures are -errno.  What is
 * read is valid until the next call of any of these, or of file_read_whole().
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef KERNEL_IPE_H
#define KERNEL_IPE_H

#include <stdbool.h>
#include <stddef.h>

#include "kernel/directory.h"
#include "policy/bytes.h"
#include "policy/text.h"

/* A policy's name is a directory's: at most NAME_MAX bytes. */
#define IPE_NAME_LONGEST 255

/*
 * Opens IPE's directory, mounted or not (kernel/mount.h).  To be called once, before all that
 * follows.
 *
 * Returns 0, or -errno: ENOENT when IPE is not among the running security modules, ENODEV when the
 * kernel has no securityfs, EPERM when it is not mounted and CAP_SYS_ADMIN is missing.
 */
int ipe_open(void);

/* After ipe_open: has it succeeded? */
bool ipe_is_there(void);

/* Can this be a policy's directory?  It is not empty, ".", "..", has neither "/" nor NUL in it, and
 * at most IPE_NAME_LONGEST bytes (lookup_one_len, fs/namei.c). */
bool ipe_name_fits(struct bytes name);

/* Loads a signed message as a new policy, or in the place of the one of that name. */
int ipe_load_new(struct bytes message);
int ipe_update(const char *name, struct bytes message);

int ipe_delete(const char *name);

/*
 * Activates a policy, and asks whether it is active.
 *
 * Returns 0 or what kept it from being activated.  *active: 1, 0, or -errno when it cannot be told.
 */
int ipe_activate(const char *name, int *active);

/* Is the policy active?  1, 0 or -errno. */
int ipe_is_active(const char *name);

/* Reads a policy's version: 0 or -errno; ENOENT when it is not loaded. */
int ipe_read_version(const char *name, struct policy_version *version);

/* Reads a policy's text: 0 or -errno. */
int ipe_read_text(const char *name, struct bytes *text);

/* Is IPE enforcing?  1, 0 or -errno. */
int ipe_is_enforcing(void);

/* Sets it to enforce: 0 or -errno. */
int ipe_set_enforcing(void);

/* Opens a walk over the names of the loaded policies, in no order: 0 or -errno. */
int ipe_open_policies(struct directory *policies);

/* The next name, valid until the next call: 1, 0 after the last one, or -errno. */
int ipe_next_policy(struct directory *policies, const char **name);

/* The active policy. */
struct ipe_active {
	char name[IPE_NAME_LONGEST + 1];
	struct policy_version version;
};

/* Finds it: 1, 0 when none is active, or -errno. */
int ipe_find_active(struct ipe_active *active);

#endif
