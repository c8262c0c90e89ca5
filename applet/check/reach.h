/*
 * reach.h - rules that never decide anything
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef CHECK_REACH_H
#define CHECK_REACH_H

#include "check/report.h"
#include "policy/text.h"

/* Begins a policy: there is no rule yet. */
void reach_start(void);

/*
 * Looks at the policy's next rule, at that location.  Warns when it never decides: no file has all
 * its properties, or every file that it matches is decided by rules before it.
 *
 * The time does not depend on how many rules there were.
 */
void reach_check(
	struct findings *findings, const struct location *location, const struct policy_rule *rule);

#endif
