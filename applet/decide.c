/*
 * decide.c - what a policy decides for an operation and a kind of file
 *
 * SPDX-License-Identifier: MIT
 */
#include "decide.h"

/* The properties that hold for each kind of file (evaluate_property and what it calls). */
#define HOLDS(boot, dmv, fsv) (PROP_BOOT_VERIFIED_##boot | PROP_DMV_SIG_##dmv | PROP_FSV_SIG_##fsv)

static const unsigned char holds[FILE_COUNT] = {
	[FILE_INITRAMFS] = HOLDS(TRUE, FALSE, FALSE),
	[FILE_NOWHERE] = HOLDS(FALSE, FALSE, FALSE),
	[FILE_DMV_SIGNED] = HOLDS(FALSE, TRUE, FALSE),
	[FILE_DMV_UNSIGNED] = HOLDS(FALSE, FALSE, FALSE),
	[FILE_FSV_SIGNED] = HOLDS(FALSE, FALSE, TRUE),
	[FILE_FSV_UNSIGNED] = HOLDS(FALSE, FALSE, FALSE),
	[FILE_BOTH_SIGNED] = HOLDS(FALSE, TRUE, TRUE),
};

unsigned decide_kinds(unsigned properties)
{
	unsigned kinds = 0;

	for (int kind = 0; kind < FILE_COUNT; kind++)
		if (!(properties & ~holds[kind]))
			kinds |= 1u << kind;
	return kinds;
}

void decide_start(struct decisions *table)
{
	memset(table, 0, sizeof(*table));
}

/* Lets a rule or default decide what is not decided yet. */
static void decide(int of[FILE_COLUMNS], unsigned kinds, int by)
{
	for (int kind = 0; kind < FILE_COLUMNS; kind++)
		if (kinds >> kind & 1 && !of[kind])
			of[kind] = by;
}

void decide_event(struct decisions *table, enum policy_event event, const struct policy_reader *at)
{
	unsigned denies = at->action == ACTION_DENY, kinds;
	int by = (int)at->line;

	if (denies)
		by = -by;
	if (event == EVENT_DEFAULT)
		table->defaults[at->op] = by;
	if (event != EVENT_RULE)
		return;
	kinds = decide_kinds(at->properties);
	if (at->digests)
		kinds |= 1u << (FILE_DIGEST_ALLOWED + denies);
	decide(table->of[at->op], kinds, by);
}

void decide_end(struct decisions *table)
{
	for (int op = 0; op <= OP_NONE; op++) {
		decide(table->of[op], (1 << FILE_COUNT) - 1, table->defaults[op]);
		decide(table->of[op], (1 << FILE_COUNT) - 1, table->defaults[OP_NONE]);
	}
}

enum policy_op decide_favoured(const struct decisions *table)
{
	int op;

	for (op = 0; op < OP_COUNT; op++)
		if (table->of[op][FILE_INITRAMFS] > 0 && table->of[op][FILE_NOWHERE] < 0)
			break;
	return op;
}
