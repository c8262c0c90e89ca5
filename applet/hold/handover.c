/*
 * handover.c - what the hand-over in the real root asks of a policy, and of IPE
 *
 * SPDX-License-Identifier: MIT
 */
#include "hold/handover.h"

#include "check/check.h"
#include "kernel/ipe.h"
#include "policy/decide.h"
#include "say.h"

/* What the kernel has is judged, not the file: a newer version may have been loaded before. */
static bool favours_initramfs(const struct bytes *name)
{
	static struct decisions table;
	struct policy_reader reader;
	enum policy_event event;
	struct bytes text;
	int error = ipefs_text(name, &text);

	if (error)
		return !say_failure("hand-over", "the policy's text cannot be read", error);
	decide_start(&table);
	policy_start(&reader, text);
	while ((event = policy_next(&reader)) != EVENT_END) {
		if (event == EVENT_FAULT) {
			say_begin(SAY_ERROR);
			say_add("policy %pB: not for the real root: line %u cannot be judged: ",
				name, reader.line);
			check_fault_words(&reader);
			say_end();
			return true;
		}
		decide_event(&table, event, &reader);
	}
	decide_end(&table);
	if (table.favoured_line) {
		say(SAY_ERROR,
			"policy %pB: not for the real root: line %u allows %s to files of "
			"the initramfs, where root can write (boot_verified)",
			name, (unsigned)table.favoured_line,
			bytes_word(policy_ops, table.favoured));
		return true;
	}
	return false;
}

bool handover_accepts(const struct bytes *name, const struct policy_version *version)
{
	int found;

	if (favours_initramfs(name))
		return false;
	found = ipefs_find_active();
	if (found < 0)
		return say_failure("hand-over", "the active policy cannot be found", found);
	if (!found || bytes_equal(ipefs_found.name, *name) ||
		ipefs_found.version.number < version->number)
		return true;
	say(SAY_ERROR,
		"policy %pB: not for the real root: its version %pV must be higher than that "
		"of the active policy %pB, %pV",
		name, version, &ipefs_found.name, &ipefs_found.version);
	return false;
}

int handover_enforcing(void)
{
	int enforcing = ipefs_enforcing();

	if (enforcing < 0)
		say_failure("enforce", "IPE cannot be asked whether it enforces", enforcing);
	return enforcing;
}

bool handover_enforce(void)
{
	int enforcing = handover_enforcing(), error;

	if (!enforcing) {
		error = ipefs_set(0, "enforce");
		if (error)
			return say_failure("enforce", "IPE cannot be set to enforce", error);
		enforcing = handover_enforcing();
		if (!enforcing)
			say(SAY_ERROR, "enforce: IPE does not enforce although it was set to");
	}
	return enforcing > 0;
}
