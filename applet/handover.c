/*
 * handover.c - what the hand-over in the real root asks of a policy, and of IPE
 *
 * SPDX-License-Identifier: MIT
 */
#include "handover.h"

#include <fcntl.h>

#include "check.h"
#include "decide.h"
#include "ipefs.h"
#include "kernfs.h"
#include "say.h"

/* What the kernel has is judged, not the file: a newer version may have been loaded before. */
static bool favours_initramfs(struct bytes name)
{
	static struct decisions table;
	struct policy_reader reader;
	enum policy_event event;
	struct bytes text;
	enum policy_op op;
	int error = ipefs_text(name, &text);

	if (error)
		return !say_failure("hand-over", "the policy's text cannot be read", error);
	decide_start(&table);
	policy_start(&reader, text);
	while ((event = policy_next(&reader)) != EVENT_END) {
		if (event == EVENT_FAULT) {
			say_begin(SAY_ERROR);
			say_add("policy %pB: not for the real root: line %u cannot be judged: ",
				&name, reader.line);
			check_fault_words(&reader);
			say_end();
			return true;
		}
		decide_event(&table, event, &reader);
	}
	decide_end(&table);
	op = decide_favoured(&table);
	if (op != OP_NONE) {
		say(SAY_ERROR,
			"policy %pB: not for the real root: line %u allows %s to files of "
			"the initramfs, where root can write (boot_verified)",
			&name, (unsigned)table.of[op][FILE_INITRAMFS], bytes_word(policy_ops, op));
		return true;
	}
	return false;
}

bool handover_accepts(struct bytes name, struct policy_version version)
{
	static struct ipefs_walk walk;
	struct policy_version active;
	int found, error;

	if (favours_initramfs(name))
		return false;
	found = ipefs_next_active(&walk);
	if (found < 0)
		return say_failure("hand-over", "the active policy cannot be found", found);
	if (!found || bytes_equal(walk.name, name))
		return true;
	error = ipefs_version(walk.name, &active);
	if (error)
		return say_failure(
			"hand-over", "the active policy's version cannot be read", error);
	if (policy_version_number(active) < policy_version_number(version))
		return true;
	say(SAY_ERROR,
		"policy %pB: not for the real root: its version %pV must be higher than that "
		"of the active policy %pB, %pV",
		&name, &version, &walk.name, &active);
	return false;
}

bool handover_enforce(void)
{
	int fd, error = 0, enforcing = ipefs_enforcing();

	if (!enforcing) {
		fd = ipefs_open_file("enforce", O_WRONLY);
		error = kernfs_write(fd, "1", 1);
		kernfs_close(fd);
		if (!error)
			enforcing = ipefs_enforcing();
	}
	if (enforcing < 0)
		error = enforcing;
	if (error)
		return say_failure("enforce", "IPE cannot be set to enforce", error);
	if (!enforcing)
		say(SAY_ERROR, "enforce: IPE does not enforce although it was set to");
	return enforcing;
}
