/*
 * activate.c - activating a policy
 *
 * SPDX-License-Identifier: MIT
 */
#include "load/activate.h"

#include <errno.h>
#include <string.h>

#include "say.h"

/* The kernel refuses to go back: is the active policy's version higher?  Then says so. */
static bool say_active_is_newer(const char *name, const struct policy_version *version)
{
	struct ipe_active active;

	if (ipe_find_active(&active) <= 0 || policy_version_compare(active.version, *version) <= 0)
		return false;
	fail("policy %s: not activated: the active policy %s has version %pV, this one %pV", name,
		active.name, &active.version, version);
	return true;
}

bool activate(const char *name, const struct policy_version *version)
{
	int active, error = ipe_activate(name, &active);

	/* It may have been active before; then it does not matter that a sealed machine refuses. */
	if (active > 0)
		return true;
	if (error == -EPERM)
		return fail("policy %s: not activated: CAP_MAC_ADMIN is missing, or SELinux "
			    "refuses it (be root of the host, before the machine is sealed)",
			name);
	if (error == -EINVAL && say_active_is_newer(name, version))
		return false;
	if (error)
		return fail_errno(error, "policy %s: cannot be activated", name);
	if (active < 0)
		return fail_errno(active, "policy %s: cannot be seen active", name);
	return fail("policy %s: not active although the kernel activated it", name);
}

bool delete_others(const char *name)
{
	static struct directory policies;
	const char *other;
	int found, error = ipe_open_policies(&policies);

	if (error)
		return fail_errno(error, "policies: the loaded ones cannot be listed");
	while ((found = ipe_next_policy(&policies, &other)) > 0) {
		if (!strcmp(other, name))
			continue;
		error = ipe_delete(other);
		/* ENOENT: somebody else was quicker. */
		if (error && error != -ENOENT) {
			fail_errno(error, "policy %s: cannot be deleted", other);
			break;
		}
	}
	directory_close(&policies);
	if (found < 0)
		fail_errno(found, "policies: the loaded ones cannot be listed");
	return found == 0;
}
