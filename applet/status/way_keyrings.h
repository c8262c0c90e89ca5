/*
 * way_keyrings.h - whether root can vouch for files and volumes with a key of its own
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STATUS_WAY_KEYRINGS_H
#define STATUS_WAY_KEYRINGS_H

#include "status/active_policy.h"
#include "status/way.h"

/* Each prints its line, and returns its state (status/way.h). */

/* The keyring .fs-verity takes keys. */
enum way_state way_key_fs_verity(const struct active_policy *policy);

/* The same for .dm-verity (Linux 7.0). */
enum way_state way_key_dm_verity(const struct active_policy *policy);

/* A file whose signature the kernel remembers although it has other contents since (up to Linux
 * 7.2). */
enum way_state way_stale_fs_verity(const struct active_policy *policy);

#endif
