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
 * Can the policy, which is loaded in this version, take the place of the active one for good?  It
 * cannot when that is another whose version is not lower: it could be activated again.
 *
 * False after an error was said.
 */
bool handover_replaces_active(const char *name, const struct policy_version *version);

#endif
