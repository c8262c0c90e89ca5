/*
 * initramfs_trust.h - whether a policy trusts the files of the initramfs
 *
 * The initramfs's rootfs stays below the real root after switch-root, writable, and IPE goes on
 * calling its files boot_verified.  A policy that allows something to such a file, and denies it to
 * a file that nothing vouches for, lets root do it with any file: by writing that file there.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef HOLD_INITRAMFS_TRUST_H
#define HOLD_INITRAMFS_TRUST_H

#include <stdbool.h>

#include "policy/bytes.h"

struct initramfs_trust {
	unsigned line;         /* of the policy's text, that allows it; 0: nothing is trusted */
	const char *operation; /* the first that it allows: "EXECUTE" */
};

/*
 * Judges a policy by its text.  The name is for messages.
 *
 * False after an error was said: the text has words that are not known here.
 */
bool initramfs_trust_find(const char *name, struct bytes text, struct initramfs_trust *trust);

/* The same, but trust is an error, too: true when the policy has none. */
bool initramfs_trust_is_absent(const char *name, struct bytes text);

#endif
