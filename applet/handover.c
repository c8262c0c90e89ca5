/*
 * handover.c - what the hand-over in the real root asks of a policy, and of IPE
 *
 * SPDX-License-Identifier: MIT
 */
#include "handover.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "check.h"
#include "decide.h"
#include "ipefs.h"
#include "kernfs.h"
#include "say.h"

/* What the kernel has is judged, not the file: a newer version may have been loaded before. */
static bool favours_initramfs(int ipefs, struct bytes name)
{
	static struct decisions table;
	struct policy_reader reader;
	enum policy_event event;
	struct bytes text;
	enum policy_op op;
	int error = ipefs_text(ipefs, name, &text);

	if (error) {
		say_failure("hand-over", "the policy's text cannot be read", -error);
		return true;
	}
	decide_start(&table);
	policy_start(&reader, text);
	while ((event = policy_next(&reader)) != EVENT_END) {
		if (event == EVENT_FAULT) {
			say_begin(SAY_ERROR);
			say_add("policy %pB: not for the real root: line %u cannot be judged: ",
				&name, (unsigned)reader.line);
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
			&name, (unsigned)table.of[op][FILE_INITRAMFS].line, policy_op_words[op]);
		return true;
	}
	return false;
}

bool handover_accepts(int ipefs, struct bytes name, struct policy_version version)
{
	struct ipefs_walk walk = {0};
	struct policy_version active;
	int found, error;

	if (favours_initramfs(ipefs, name))
		return false;
	found = ipefs_next_active(ipefs, &walk);
	if (found < 0) {
		say_failure("hand-over", "the active policy cannot be found", -found);
		return false;
	}
	if (!found || bytes_equal(walk.name, name))
		return true;
	error = ipefs_version(ipefs, walk.name, &active);
	if (error) {
		say_failure("hand-over", "the active policy's version cannot be read", -error);
		return false;
	}
	if (policy_version_number(active) < policy_version_number(version))
		return true;
	say(SAY_ERROR,
		"policy %pB: not for the real root: its version %pV must be higher than that "
		"of the active policy %pB, %pV",
		&name, &version, &walk.name, &active);
	return false;
}

bool handover_enforce(int ipefs)
{
	int fd, error = 0, enforcing = ipefs_enforcing(ipefs);

	if (!enforcing) {
		fd = kernfs_openat(ipefs, "enforce", O_WRONLY);
		if (fd < 0) {
			error = -fd;
		} else {
			if (write(fd, "1", 1) != 1)
				error = errno;
			close(fd);
		}
		if (!error)
			enforcing = ipefs_enforcing(ipefs);
	}
	if (enforcing < 0)
		error = -enforcing;
	if (error)
		say_failure("enforce", "IPE cannot be set to enforce", error);
	else if (!enforcing)
		say(SAY_ERROR, "enforce: IPE does not enforce although it was set to");
	return !error && enforcing;
}
