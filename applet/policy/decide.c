/*
 * decide.c - what a policy decides for an operation and a kind of file
 *
 * SPDX-License-Identifier: MIT
 */
#include "policy/decide.h"

#include <string.h>

/* Which properties each kind of file has (evaluate_property() and what it calls). */
static const bool has[FILE_COUNT][PROP_BOOLEANS] = {
	[FILE_INITRAMFS] = {[PROP_BOOT_VERIFIED] = true},
	[FILE_NOWHERE] = {false},
	[FILE_DMV_SIGNED] = {[PROP_DMVERITY_SIGNATURE] = true},
	[FILE_DMV_UNSIGNED] = {false},
	[FILE_FSV_SIGNED] = {[PROP_FSVERITY_SIGNATURE] = true},
	[FILE_FSV_UNSIGNED] = {false},
	[FILE_BOTH_SIGNED] = {[PROP_DMVERITY_SIGNATURE] = true, [PROP_FSVERITY_SIGNATURE] = true},
};

bool decide_matches(const struct policy_rule *rule, enum file_kind kind)
{
	for (int property = 0; property < PROP_BOOLEANS; property++)
		if (rule->asks[property][!has[kind][property]])
			return false;
	return true;
}

void decide_start(struct decisions *table)
{
	memset(table, 0, sizeof(*table));
}

/* Lets a rule or default decide what is not decided yet. */
static void decide(struct decision *what, struct decision by)
{
	if (!what->line)
		*what = by;
}

static void decide_rule(struct op_decisions *op, const struct policy_rule *rule, struct decision by)
{
	if (rule->digests) {
		decide(&op->by_digest[by.action], by);
		return;
	}
	for (enum file_kind kind = 0; kind < FILE_COUNT; kind++)
		if (decide_matches(rule, kind))
			decide(&op->file[kind], by);
}

void decide_event(struct decisions *table, enum policy_event event, const struct policy_reader *at)
{
	struct op_decisions *op = &table->op[at->rule.op];
	const struct decision by = {at->line, at->rule.action};

	if (event == EVENT_RULE)
		decide_rule(op, &at->rule, by);
	else if (event == EVENT_DEFAULT)
		decide(&op->by_default, by);
}

void decide_end(struct decisions *table)
{
	const struct decision global = table->op[OP_NONE].by_default;

	for (int i = 0; i <= OP_NONE; i++) {
		struct op_decisions *op = &table->op[i];
		const struct decision *initramfs = &op->file[FILE_INITRAMFS];
		const struct decision *nowhere = &op->file[FILE_NOWHERE];

		for (int kind = 0; kind < FILE_COUNT; kind++) {
			decide(&op->file[kind], op->by_default);
			decide(&op->file[kind], global);
		}
		if (!table->favoured_line && initramfs->line && nowhere->line &&
			initramfs->action == ACTION_ALLOW && nowhere->action == ACTION_DENY) {
			table->favoured_line = initramfs->line;
			table->favoured = (enum policy_op)i;
		}
	}
}

static bool denies(const struct decision *decision)
{
	return decision->line && decision->action == ACTION_DENY;
}

bool decide_denies(const struct decisions *table)
{
	for (int i = 0; i <= OP_NONE; i++) {
		const struct op_decisions *op = &table->op[i];

		if (denies(&op->by_digest[ACTION_DENY]))
			return true;
		for (int kind = 0; kind < FILE_COUNT; kind++)
			if (denies(&op->file[kind]))
				return true;
	}
	return false;
}
