/*
 * initramfs_trust.c - whether a policy trusts the files of the initramfs
 *
 * SPDX-License-Identifier: MIT
 */
#include "hold/initramfs_trust.h"

#include "check/text_faults.h"
#include "policy/decide.h"
#include "say.h"

/* What the policy decides.  False after an error was said. */
static bool read_decisions(const char *name, struct bytes text, struct decisions *table)
{
	struct policy_reader reader;
	enum policy_event event;

	decide_start(table);
	policy_start(&reader, text);
	while ((event = policy_next(&reader)) != EVENT_END) {
		if (event == EVENT_FAULT) {
			say_begin(SAY_ERROR);
			say_add("policy %s: cannot be judged: line %u: ", name, reader.line);
			say_add_text_fault(&reader);
			say_end();
			return false;
		}
		decide_event(table, event, &reader);
	}
	decide_end(table);
	return true;
}

bool initramfs_trust_find(const char *name, struct bytes text, struct initramfs_trust *trust)
{
	static struct decisions table;

	if (!read_decisions(name, text, &table))
		return false;
	trust->line = table.favoured_line;
	trust->operation = trust->line ? policy_op_names[table.favoured] : "";
	return true;
}

bool initramfs_trust_is_absent(const char *name, struct bytes text)
{
	struct initramfs_trust trust;

	if (!initramfs_trust_find(name, text, &trust))
		return false;
	if (trust.line == 0)
		return true;
	return fail("policy %s: cannot be sealed: line %u allows %s to files of the initramfs, "
		    "which root can write (trust signed volumes only)",
		name, trust.line, trust.operation);
}
