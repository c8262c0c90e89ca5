/*
 * seal.h - taking away what could undo the policy
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef HOLD_SEAL_H
#define HOLD_SEAL_H

#include <stdbool.h>

/* What is sealed beside CAP_MAC_ADMIN. */
struct seal {
	bool devicemapper; /* -d: nobody can load a device-mapper table, and no dm-verity volume is
			      left that nobody has mounted (hold/verity_volumes.h) */
};

/*
 * Takes CAP_MAC_ADMIN from this process, from all that it executes or forks, and from the programs
 * that the kernel starts; restricts the .fs-verity keyring; closes what this process has open that
 * could bring it back.  All for good.  Process 1 also wants no other process left that could
 * undo it.  Every other capability, the securebits and the rest of the process stay as they are.
 *
 * Before that it refuses an active policy that trusts the initramfs (hold/initramfs_trust.h):
 * whoever can write there is held by no seal.
 *
 * ipe_open() must have been called; it may have failed: a kernel without IPE can be sealed, too.
 *
 * False after an error was said.  Then a part may have been taken away, and INIT must not start.
 */
bool seal(const struct seal *what);

#endif
