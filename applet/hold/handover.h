/*
 * handover.h - what the hand-over asks of the real root's policy
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef HOLD_HANDOVER_H
#define HOLD_HANDOVER_H

#include <stdbool.h>

#include "policy/text.h"

/*
 * Can the policy, which is loaded in this version, be the real root's?  It cannot when it trusts
 * the initramfs (hold/initramfs_trust.h); nor when another policy is active whose version is not
 * lower: that one could be activated again.
 *
 * False after an error was said.
 */
bool handover_accepts(const char *name, const struct policy_version *version);

#endif
