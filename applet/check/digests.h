/*
 * digests.h - digests that never match
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef CHECK_DIGESTS_H
#define CHECK_DIGESTS_H

#include "check/report.h"
#include "policy/text.h"

/* Warns of each digest of the rule at that location that no volume and no file can have: its
 * algorithm is unknown to dm-verity or fs-verity, or has another length. */
void digests_check(
	struct findings *findings, const struct location *location, const struct policy_rule *rule);

#endif
