/*
 * configuration.c - rules that do something only where the kernel is configured for it
 *
 * SPDX-License-Identifier: MIT
 */
#include "check/configuration.h"

void configuration_check(
	struct findings *findings, const struct location *location, const struct policy_rule *rule)
{
	const bool *asks = rule->asks[PROP_FSVERITY_SIGNATURE];

	/* One that asks for both matches nowhere, which is another warning. */
	if (rule->action == ACTION_DENY && asks[false] && !asks[true])
		report(findings, WARNING, location,
			"this denies nothing on a kernel without "
			"CONFIG_FS_VERITY_BUILTIN_SIGNATURES (allow TRUE, and deny the rest by "
			"DEFAULT)");
}
