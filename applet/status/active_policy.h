/*
 * active_policy.h - what the active policy decides
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STATUS_ACTIVE_POLICY_H
#define STATUS_ACTIVE_POLICY_H

#include <stdbool.h>

#include "kernel/ipe.h"
#include "policy/decide.h"

struct active_policy {
	bool none; /* no policy is active: everything is allowed */

	/* Why it is not known what it decides, in words, and the errno, or 0.  Null: it is known,
	 * or there is none. */
	const char *unknown;
	int error;

	struct ipe_active is; /* its name and version, if one is active */
	struct decisions decides;
	bool names_root_hashes; /* a rule allows a dm-verity volume by its root hash */
};

/* Asks the kernel for it.  Too large for the stack. */
void active_policy_read(struct active_policy *policy);

/* Does it allow the operation to such a file? */
bool active_policy_allows(
	const struct active_policy *policy, enum policy_op op, enum file_kind kind);

/* Does it allow the operation to any file at all? */
bool active_policy_allows_any(const struct active_policy *policy, enum policy_op op);

/* Does it allow some operation to dm-verity volumes that it denies to what nothing vouches for?
 * And to signed ones; and to files with a signed fs-verity digest? */
bool active_policy_trusts_volumes(const struct active_policy *policy);
bool active_policy_trusts_signed_volumes(const struct active_policy *policy);
bool active_policy_trusts_signed_files(const struct active_policy *policy);

#endif
