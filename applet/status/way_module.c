/*
 * way_module.c - which kernel modules root can load
 *
 * SPDX-License-Identifier: MIT
 */
#include "status/way_module.h"

#include <errno.h>

#include "status/setting.h"

#define DISABLED "kernel.modules_disabled"
#define CURE "lockdown=integrity or module.sig_enforce=1"

bool module_loading_is_over(void)
{
	uint64_t disabled;
	int error = setting_read_number("sys/kernel/modules_disabled", &disabled);

	/* Only CONFIG_MODULES makes the file (kernel/module/main.c). */
	return error == -ENOENT || (error == 0 && disabled == 1);
}

bool module_may_be_brought(const struct active_policy *policy)
{
	return !module_loading_is_over() &&
	       (policy->none || active_policy_allows(policy, OP_KMODULE, FILE_NOWHERE));
}

enum way_state way_module_signature(enum way_state lockdown)
{
	static const char name[] = "module-signature";
	static const char where[] = "module.sig_enforce";
	struct bytes enforced;
	int error;

	if (module_loading_is_over())
		return way_closed(name, DISABLED ": no module can be loaded");
	error = setting_read_sysfs("module/module/parameters/sig_enforce", &enforced);
	if (error == -ENOENT)
		return way_open(name, "a kernel with CONFIG_MODULE_SIG",
			"this kernel does not look at modules' signatures");
	if (error)
		return way_unread(name, where, error);
	if (bytes_are(enforced, "Y"))
		return way_closed(name, "%s is Y", where);
	if (lockdown == WAY_CLOSED)
		return way_closed(name, "lockdown wants modules signed");
	if (lockdown == WAY_UNKNOWN)
		return way_unknown(name, "%s is N, and lockdown is unknown", where);
	return way_open(name, CURE, "%s is N", where);
}

enum way_state way_module(const struct active_policy *policy, enum way_state signature)
{
	static const char name[] = "module";
	const struct decision *decision = &policy->decides.op[OP_KMODULE].file[FILE_NOWHERE];

	if (signature == WAY_CLOSED)
		return way_closed(name, "no unsigned module can be loaded: see above");
	if (policy->none)
		return way_open(name, "a policy, or " CURE, "no policy is active");
	if (policy->unknown)
		return way_unread(name, policy->unknown, policy->error);
	if (decision->action == ACTION_DENY)
		return way_closed(name, "policy %s, line %u, denies KMODULE by default",
			policy->is.name, decision->line);
	if (signature == WAY_UNKNOWN)
		return way_unknown(name, "policy %s, line %u, allows KMODULE to any file",
			policy->is.name, decision->line);
	return way_open(name, "DEFAULT op=KMODULE action=DENY, or " CURE,
		"policy %s, line %u, allows KMODULE to any file", policy->is.name, decision->line);
}
