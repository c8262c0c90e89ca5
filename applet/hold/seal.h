/*
 * seal.h - taking away what could undo the policy
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef HOLD_SEAL_H
#define HOLD_SEAL_H

#include <linux/capability.h>
#include <stdbool.h>
#include <stdint.h>

#define SEAL_MAC_ADMIN (UINT64_C(1) << CAP_MAC_ADMIN)
#define SEAL_SYS_ADMIN (UINT64_C(1) << CAP_SYS_ADMIN)

/* The set of those that seal() looks for in others. */
extern uint64_t seal_capabilities;

/*
 * Takes CAP_MAC_ADMIN from this process, all that it executes or forks, and the kernel's own
 * helpers, for good; restricts the .fs-verity keyring; closes what it has inherited of securityfs.
 * With LOAD_SEAL_DM in options_given nobody can load a device-mapper table any more either.  As
 * process 1 it wants no other process left that could bring either back.  Every other
 * capability, securebits and the rest of the process stay as they are.  False after an error was
 * said: then INIT must not start.
 */
bool seal(void);

#endif
