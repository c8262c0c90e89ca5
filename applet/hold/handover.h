/*
 * handover.h - what the hand-over in the real root asks of a policy, and of IPE
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef HOLD_HANDOVER_H
#define HOLD_HANDOVER_H

#include "policy/text.h"

/*
 * May the loaded policy be the real root's?  Not when it allows an operation to a file of the
 * initramfs and denies it to a file of nowhere: the initramfs's rootfs stays below the real root,
 * writable and boot_verified, after switch-root.  Not when another policy is active whose version
 * is not lower: that one could be activated again.  False after an error was said.
 */
bool handover_accepts(const struct bytes *name, const struct policy_version *version);

/* Asks IPE whether it enforces (the node "enforce", security/ipe/fs.c): 1, 0, or -errno after an
 * error was said. */
int handover_enforcing(void);

/* Sets IPE to enforce, whatever ipe.enforce= said, and asks whether it does.  False after an error
 * was said. */
bool handover_enforce(void);

#endif
