/*
 * way_volumes.h - how root can give a verified volume other contents
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STATUS_WAY_VOLUMES_H
#define STATUS_WAY_VOLUMES_H

#include "status/active_policy.h"
#include "status/way.h"

/* Each prints its line, and returns its state (status/way.h).  All are closed when the policy
 * trusts no dm-verity volume. */

/* Device-mapper tables: a table that voids the verification, or takes a volume's place. */
enum way_state way_tables(const struct active_policy *policy);

/* A FUSE program serves the files of a volume that root has unmounted (hold/verity_volumes.h). */
enum way_state way_fuseblk(const struct active_policy *policy);

/* The same for a volume that nobody has mounted.  fuseblk is the state of the one before. */
enum way_state way_free_volumes(const struct active_policy *policy, enum way_state fuseblk);

/* Verified files that change between IPE's look at them and the kernel's reading. */
enum way_state way_overlay(const struct active_policy *policy);

/* dm-verity loaded anew, with a keyring that takes root's own key (Linux 7.0). */
enum way_state way_late_verity(const struct active_policy *policy);

#endif
