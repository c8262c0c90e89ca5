/*
 * handover.c - what the hand-over asks of the real root's policy
 *
 * SPDX-License-Identifier: MIT
 */
#include "hold/handover.h"

#include <string.h>

#include "kernel/ipe.h"
#include "say.h"

bool handover_replaces_active(const char *name, const struct policy_version *version)
{
	struct ipe_active active;
	int found = ipe_find_active(&active);

	if (found < 0)
		return fail_errno(found, "the active policy cannot be found");
	if (found == 0 || !strcmp(active.name, name))
		return true;
	if (policy_version_compare(active.version, *version) < 0)
		return true;
	return fail("policy %s: not for the real root: its version %pV must be higher than that "
		    "of the active policy %s, %pV",
		name, version, active.name, &active.version);
}
