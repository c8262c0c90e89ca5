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

/* Does it allow some operation to such a file that it denies to one of nowhere? */
static bool trusts(const struct active_policy *policy, enum file_kind kind)
{
	for (enum policy_op op = 0; op < OP_COUNT; op++)
		if (active_policy_allows(policy, op, kind) &&
			!active_policy_allows(policy, op, FILE_NOWHERE))
			return true;
	return false;
}

/* A rule may also ask for both signatures. */
bool active_policy_trusts_signed_volumes(const struct active_policy *policy)
{
	return trusts(policy, FILE_DMV_SIGNED) ||
	       (trusts(policy, FILE_BOTH_SIGNED) && !trusts(policy, FILE_FSV_SIGNED));
}

bool active_policy_trusts_signed_files(const struct active_policy *policy)
{
	return trusts(policy, FILE_FSV_SIGNED) ||
	       (trusts(policy, FILE_BOTH_SIGNED) && !trusts(policy, FILE_DMV_SIGNED));
}

bool active_policy_trusts_volumes(const struct active_policy *policy)
{
	return policy->names_root_hashes || active_policy_trusts_signed_volumes(policy);
}
