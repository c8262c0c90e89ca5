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
 * helpers, for good; restricts the .fs-verity keyring.  device_mapper: nobody can load a
 * device-mapper table any more either.  False after an error was said: then INIT must not start.
 */
bool seal(bool device_mapper);

#endif
