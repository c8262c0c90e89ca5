/*
 * table.c - the table of what a policy decides (-v)
 *
 * SPDX-License-Identifier: MIT
 */
#include "check/table.h"

/* In bytes from the line's beginning. */
#define FIRST_COLUMN 17
#define COLUMN_WIDTH 10

/* The kinds of file that have a column.  One with both signatures has none of its own. */
static const enum file_kind columns[] = {
	FILE_INITRAMFS,
	FILE_NOWHERE,
	FILE_DMV_SIGNED,
	FILE_DMV_UNSIGNED,
	FILE_FSV_SIGNED,
	FILE_FSV_UNSIGNED,
};

static bool say_heading(enum say_kind kind)
{
	say_begin(kind);
	say_add("                 initramfs nowhere   dm-verity dm-verity fs-verity fs-verity");
	if (!say_end())
		return false;
	say_begin(kind);
	say_add("                                     signed    unsigned  signed    unsigned");
	return say_end();
}

static bool say_row(enum say_kind kind, const char *name, const struct op_decisions *of)
{
	const struct decision *cell;

	say_begin(kind);
	say_add("%s", name);
	for (unsigned i = 0; i < sizeof(columns) / sizeof(columns[0]); i++) {
		cell = &of->file[columns[i]];
		say_add_until_column(FIRST_COLUMN + i * COLUMN_WIDTH);
		say_add("%s %u", cell->action == ACTION_ALLOW ? "ALLOW" : "deny", cell->line);
	}
	if (of->by_digest[ACTION_ALLOW].line || of->by_digest[ACTION_DENY].line)
		say_add(" and by digest");
	return say_end();
}

bool table_say(enum say_kind kind, const struct decisions *decisions)
{
	if (!say_heading(kind))
		return false;
	for (int op = 0; op < OP_COUNT; op++)
		if (!say_row(kind, policy_op_names[op], &decisions->op[op]))
			return false;
	return true;
}
