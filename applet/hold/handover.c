/*
 * handover.c - what the hand-over asks of the real root's policy
 *
 * SPDX-License-Identifier: MIT
 */
#include "hold/handover.h"

#include <string.h>

#include "hold/initramfs_trust.h"
#include "kernel/ipe.h"
#include "say.h"

bool handover_accepts_text(const char *name, struct bytes text)
{
	struct initramfs_trust trust;

	if (!initramfs_trust_find(name, text, &trust))
		return false;
	if (trust.line == 0)
		return true;
	return fail("policy %s: not for the real root: line %u allows %s to files of the "
		    "initramfs, which root can write",
		name, trust.line, trust.operation);
}

bool handover_replaces_active(const char *name, const struct policy_version *version)
{
	struct ipe_active active;
	int found = ipe_find_active(&active);

	if (found < 0)
		return fail_errno(found, "hand-over: the active policy cannot be found");
	if (found == 0 || !strcmp(active.name, name))
		return true;
	if (policy_version_compare(active.version, *version) < 0)
		return true;
	return fail("policy %s: not for the real root: its version %pV must be higher than that "
		    "of the active policy %s, %pV",
		name, version, active.name, &active.version);
}
