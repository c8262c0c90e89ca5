/*
 * seal.h - taking away what could undo the policy
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef SEAL_H
#define SEAL_H

#include <stdbool.h>

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
