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

struct initramfs_trust {
	unsigned line;         /* of the policy's text, that allows it; 0: nothing is trusted */
	const char *operation; /* the first that it allows: "EXECUTE" */
};

/*
 * Judges the policy of that name by the text that the kernel has: a version may be loaded that is
 * newer than the one in a file.
 *
 * False after an error was said: the text cannot be read, or has words that are not known here.
 */
bool initramfs_trust_find(const char *name, struct initramfs_trust *trust);

#endif
