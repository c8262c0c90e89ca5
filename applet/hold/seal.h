/*
 * seal.h - taking away what could undo the policy
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef HOLD_SEAL_H
#define HOLD_SEAL_H

#include <stdbool.h>

/* What is sealed beside CAP_MAC_ADMIN. */
struct seal_options {
	bool devicemapper; /* -d: nobody can load a device-mapper table, and no dm-verity volume is
			      left that nobody has mounted (hold/verity_volumes.h) */
	bool scripts;      /* -e: interpreters that ask run verified scripts only
			      (hold/scripts.h) */
};

/*
 * Refuses an active policy that trusts the initramfs (hold/initramfs_trust.h): whoever can write
 * there is held by no seal.  Then takes CAP_MAC_ADMIN from the programs that the kernel starts and
 * restricts the .fs-verity keyring.  Process 1 waits until no other process is left that could undo
 * the seal, and stops all others until it is sealed.  Then closes what this process has open that
 * could, looks at the active policy again, and takes CAP_MAC_ADMIN from this process and all that
 * it executes or forks.  All for good. Every other capability, securebit and the rest of the
 * process stay as they are.
 *
 * ipe_open() must have been called; it may have failed: a kernel without IPE can be sealed, too.
 *
 * False after an error was said.  Then a part may have been taken away, and INIT must not start.
 */
bool seal(const struct seal_options *options);

#endif
