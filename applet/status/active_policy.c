/*
 * active_policy.c - what the active policy decides
 *
 * SPDX-License-Identifier: MIT
 */
#include "status/active_policy.h"

#include <string.h>

/* False when the text has words that are not known here. */
static bool read_text(struct active_policy *policy, struct bytes text)
{
	struct policy_reader reader;
	enum policy_event event;

	decide_start(&policy->decides);
	policy_start(&reader, text);
	while ((event = policy_next(&reader)) != EVENT_END) {
		if (event == EVENT_FAULT)
			return false;
		if (event == EVENT_RULE && reader.rule.action == ACTION_ALLOW &&
			reader.rule.asks[PROP_DMVERITY_ROOTHASH][true])
			policy->names_root_hashes = true;
		decide_event(&policy->decides, event, &reader);
	}
	decide_end(&policy->decides);
	return true;
}

void active_policy_read(struct active_policy *policy)
{
	struct bytes text;
	int found = ipe_find_active(&policy->is);

	policy->none = found == 0;
	policy->unknown = NULL;
	policy->error = 0;
	policy->names_root_hashes = false;
	if (policy->none)
		return;
	if (found < 0) {
		policy->unknown = "the active policy cannot be found";
		policy->error = found;
		return;
	}
	policy->error = ipe_read_text(policy->is.name, &text);
	if (policy->error)
		policy->unknown = "the active policy's text cannot be read";
	else if (!read_text(policy, text))
		policy->unknown = "the active policy has words that are not known here";
}

bool active_policy_allows(
	const struct active_policy *policy, enum policy_op op, enum file_kind kind)
{
	return policy->decides.op[op].file[kind].action == ACTION_ALLOW;
}

bool active_policy_allows_any(const struct active_policy *policy, enum policy_op op)
{
	for (enum file_kind kind = 0; kind < FILE_COUNT; kind++)
		if (active_policy_allows(policy, op, kind))
			return true;
	return policy->decides.op[op].by_digest[ACTION_ALLOW].line != 0;
}

/* Does it allow the operation to such a file, and deny it to one of nowhere? */
static bool trusts(const struct active_policy *policy, enum policy_op op, enum file_kind kind)
{
	return active_policy_allows(policy, op, kind) &&
	       !active_policy_allows(policy, op, FILE_NOWHERE);
}

/* Does it trust files of that kind, for some operation?  So does a rule that asks for both
 * signatures, unless the other one is enough. */
static bool trusts_any(
	const struct active_policy *policy, enum file_kind kind, enum file_kind other)
{
	for (enum policy_op op = 0; op < OP_COUNT; op++) {
		if (trusts(policy, op, kind))
			return true;
		if (trusts(policy, op, FILE_BOTH_SIGNED) && !trusts(policy, op, other))
			return true;
	}
	return false;
}

bool active_policy_trusts_signed_volumes(const struct active_policy *policy)
{
	return trusts_any(policy, FILE_DMV_SIGNED, FILE_FSV_SIGNED);
}

bool active_policy_trusts_signed_files(const struct active_policy *policy)
{
	return trusts_any(policy, FILE_FSV_SIGNED, FILE_DMV_SIGNED);
}

bool active_policy_trusts_volumes(const struct active_policy *policy)
{
	return policy->names_root_hashes || active_policy_trusts_signed_volumes(policy);
}
