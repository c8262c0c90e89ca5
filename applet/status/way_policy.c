/*
 * way_policy.c - what the active policy leaves unrestricted
 *
 * SPDX-License-Identifier: MIT
 */
#include "status/way_policy.h"

enum way_state way_initramfs(const struct active_policy *policy)
{
	static const char name[] = "initramfs";
	const struct decisions *decides = &policy->decides;

	if (policy->none)
		return way_open(name, "a policy", "no policy is active");
	if (policy->unknown)
		return way_unread(name, policy->unknown, policy->error);
	if (decides->favoured_line == 0)
		return way_closed(name, "policy %s does not favour the initramfs", policy->is.name);
	return way_open(name, "the hand-over to a policy that does not",
		"policy %s, line %u, allows %s to its files", policy->is.name,
		decides->favoured_line, policy_op_names[decides->favoured]);
}

/* The policy allows the operation to what nothing vouches for. */
static enum way_state way_operation(
	const struct active_policy *policy, enum policy_op op, const char *name, const char *cure)
{
	const struct decision *decision = &policy->decides.op[op].file[FILE_NOWHERE];

	if (policy->none)
		return way_open(name, "a policy", "no policy is active");
	if (policy->unknown)
		return way_unread(name, policy->unknown, policy->error);
	if (decision->action == ACTION_ALLOW)
		return way_open(name, cure, "policy %s, line %u, allows %s to any file",
			policy->is.name, decision->line, policy_op_names[op]);
	return way_closed(name, "policy %s, line %u, denies %s by default", policy->is.name,
		decision->line, policy_op_names[op]);
}

enum way_state way_execute(const struct active_policy *policy)
{
	return way_operation(policy, OP_EXECUTE, "execute", "DEFAULT op=EXECUTE action=DENY");
}

enum way_state way_firmware(const struct active_policy *policy)
{
	return way_operation(policy, OP_FIRMWARE, "firmware", "DEFAULT op=FIRMWARE action=DENY");
}
