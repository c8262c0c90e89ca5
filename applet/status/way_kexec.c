/*
 * way_kexec.c - which kernel root can start
 *
 * SPDX-License-Identifier: MIT
 */
#include "status/way_kexec.h"

#include <errno.h>

#include "status/setting.h"

#define WHERE "kernel.kexec_load_disabled"
#define DISABLE "kernel.kexec_load_disabled=1"
#define LOCKED "lockdown lets a signed kernel pass; closed by " DISABLE

/* Is kexec off, and why?  1 and that, 0 or -errno. */
static int is_off(const char **why)
{
	uint64_t disabled;
	int error = setting_read_number("sys/kernel/kexec_load_disabled", &disabled);

	/* Only CONFIG_KEXEC_CORE makes the file (kernel/kexec_core.c). */
	*why = error ? "this kernel has no kexec" : WHERE " is 1";
	if (error == -ENOENT)
		return 1;
	return error ? error : disabled == 1;
}

static enum way_state way_without_policy(const char *name, enum way_state lockdown)
{
	if (lockdown == WAY_OPEN)
		return way_open(name, DISABLE, "no policy is active");
	return way_unknown(name, LOCKED);
}

enum way_state way_kexec(const struct active_policy *policy, enum way_state lockdown)
{
	static const char name[] = "kexec", cure[] = "DEFAULT action=DENY for KEXEC_IMAGE and "
						     "KEXEC_INITRAMFS, or " DISABLE;
	const char *why;
	int off = is_off(&why);
	bool image, initramfs;

	if (off < 0)
		return way_unread(name, WHERE, off);
	if (off)
		return way_closed(name, "%s", why);
	if (policy->none)
		return way_without_policy(name, lockdown);
	if (policy->unknown)
		return way_unread(name, policy->unknown, policy->error);
	image = active_policy_allows(policy, OP_KEXEC_IMAGE, FILE_NOWHERE);
	initramfs = active_policy_allows(policy, OP_KEXEC_INITRAMFS, FILE_NOWHERE);
	if (!image && !initramfs)
		return way_closed(name,
			"policy %s denies KEXEC_IMAGE and KEXEC_INITRAMFS by default",
			policy->is.name);
	if (!active_policy_allows_any(policy, OP_KEXEC_IMAGE))
		return way_closed(name, "policy %s allows no KEXEC_IMAGE", policy->is.name);
	if (lockdown != WAY_OPEN)
		return way_unknown(name, LOCKED);
	return way_open(name, cure, "policy %s allows %s to any file", policy->is.name,
		policy_op_names[image ? OP_KEXEC_IMAGE : OP_KEXEC_INITRAMFS]);
}

enum way_state way_kexec_command_line(const struct active_policy *policy, enum way_state lockdown)
{
	static const char name[] = "kexec-command-line";
	const char *why;
	int off = is_off(&why);

	if (off < 0)
		return way_unread(name, WHERE, off);
	if (off)
		return way_closed(name, "%s", why);
	if (policy->none)
		return way_without_policy(name, lockdown);
	if (policy->unknown)
		return way_unread(name, policy->unknown, policy->error);
	if (!active_policy_allows_any(policy, OP_KEXEC_IMAGE))
		return way_closed(name, "policy %s allows no KEXEC_IMAGE", policy->is.name);
	if (lockdown != WAY_OPEN)
		return way_unknown(name, LOCKED);
	return way_open(
		name, DISABLE, "policy %s allows KEXEC_IMAGE to some files", policy->is.name);
}
