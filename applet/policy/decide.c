/*
 * decide.c - what a policy decides for an operation and a kind of file
 *
 * SPDX-License-Identifier: MIT
 */
#include "policy/decide.h"

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

	for (int kind = FILE_COUNT; kind--;)
		kinds = kinds << 1 | !(properties & ~holds[kind]);
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
	unsigned kinds = 1 << FILE_DEFAULT, by_digest = 1 << FILE_DIGEST_ALLOWED;
	int by = (int)at->line;

	if (at->action == ACTION_DENY) {
		by = -by;
		by_digest = 1 << FILE_DIGEST_DENIED;
	}
	if (event == EVENT_RULE) {
		kinds = decide_kinds(at->properties);
		if (at->digests)
			kinds |= by_digest;
	} else if (event != EVENT_DEFAULT) {
		return;
	}
	decide(table->of[at->op], kinds, by);
}

void decide_end(struct decisions *table)
{
	int global = table->of[OP_NONE][FILE_DEFAULT];

	/* backwards: the first operation is the last to be put down as favoured */
	for (int op = OP_NONE; op >= 0; op--) {
		int *of = table->of[op];

		decide(of, (1 << FILE_COUNT) - 1, of[FILE_DEFAULT]);
		decide(of, (1 << FILE_COUNT) - 1, global);
		of[FILE_DEFAULT] = 0;
		/* that of OP_NONE is the same for all files */
		if (of[FILE_INITRAMFS] > 0 && of[FILE_NOWHERE] < 0) {
			table->favoured_line = of[FILE_INITRAMFS];
			table->favoured = op;
		}
	}
}
