/*
 * way_rights.c - who may still change the policy, or switch it off
 *
 * SPDX-License-Identifier: MIT
 */
#define _GNU_SOURCE
#include "status/way_rights.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "hold/helpers.h"
#include "hold/thread.h"
#include "kernel/directory.h"
#include "kernel/file.h"
#include "kernel/mount.h"
#include "kernel/proc.h"
#include "status/process.h"
#include "status/setting.h"
#include "status/view.h"

#define CURE "the seal (ipe-load -s)"

enum way_state way_enforce(void)
{
	static const char name[] = "enforce", where[] = "/sys/kernel/security/ipe/enforce";
	int enforcing = ipe_is_enforcing();

	if (enforcing < 0)
		return way_unread(name, where, enforcing);
	if (enforcing)
		return way_closed(name, "%s is 1", where);
	return way_open(name, "the hand-over, or 1", "%s is 0", where);
}

enum way_state way_mac_admin(void)
{
	static const char name[] = "mac-admin", where[] = "/proc/1/status";
	struct thread first;
	int error, proc = mount_proc();

	error = proc < 0 ? proc : thread_read(&first, proc, "1/status");
	if (error)
		return way_unread(name, where, error);
	if (first.capabilities & CAPABILITY(CAP_MAC_ADMIN))
		return way_open(name, CURE, "%s: CAP_MAC_ADMIN is there", where);
	if (!process_sees_all())
		return way_unknown(name, PROCESS_NAMESPACE);
	return way_closed(name, "%s: no CAP_MAC_ADMIN", where);
}

enum way_state way_helpers(void)
{
	static const char name[] = "helpers", where[] = "/proc/sys/kernel/usermodehelper";
	uint64_t capabilities;
	int error, proc = mount_proc();

	error = proc < 0 ? proc : helpers_read(proc, &capabilities);
	if (error)
		return way_unread(name, where, error);
	if (capabilities & CAPABILITY(CAP_MAC_ADMIN))
		return way_open(name, CURE, "%s: CAP_MAC_ADMIN is there", where);
	return way_closed(name, "%s: no CAP_MAC_ADMIN", where);
}

enum way_state way_processes(void)
{
	static const char name[] = "processes";
	struct process_found found;
	int error = process_find_with(CAPABILITY(CAP_MAC_ADMIN), &found);

	if (found.what == PROCESS_HAS_CAPABILITY)
		return way_open(name, CURE, "/proc/%s/status (%s): CAP_MAC_ADMIN is there",
			found.pid, found.comm);
	if (found.what == PROCESS_HAS_FILE)
		return way_open(name, CURE,
			"/proc/%s/fd/%s (%s): a file of securityfs, open for writing", found.pid,
			found.descriptor, found.comm);
	if (error)
		return way_unread(name, "/proc/*: processes and their descriptors", error);
	if (found.what == PROCESS_MAY_HAVE_FILE)
		return way_unknown(name,
			"/proc/%s/fd/%s (%s): queued descriptors or an io_uring, which may reach "
			"IPE",
			found.pid, found.descriptor, found.comm);
	if (!process_sees_all())
		return way_unknown(name, PROCESS_NAMESPACE);
	if (!view_has_all_of_proc())
		return way_unknown(name, "/proc may hide processes");
	return way_closed(name,
		"/proc/*: no other process has CAP_MAC_ADMIN, and none a descriptor of IPE's");
}

/* Finds a loaded policy that could take the active one's place: 1 and its name, 0 or -errno. */
static int find_other(const struct ipe_active *active, const char **name)
{
	static struct directory policies;
	struct policy_version version;
	int found, error = ipe_open_policies(&policies);

	if (error)
		return error;
	while ((found = ipe_next_policy(&policies, name)) > 0) {
		if (!strcmp(*name, active->name))
			continue;
		error = ipe_read_version(*name, &version);
		if (error == -ENOENT) /* deleted since it was listed */
			continue;
		if (error) {
			found = error;
			break;
		}
		if (policy_version_compare(version, active->version) >= 0)
			break;
	}
	directory_close(&policies);
	return found;
}

enum way_state way_policies(const struct active_policy *policy, enum way_state rights)
{
	static const char name[] = "policies", where[] = "/sys/kernel/security/ipe/policies";
	const char *other = "";
	int found;

	if (policy->none)
		return way_open(name, "a policy", "%s: no policy is active", where);
	if (policy->unknown)
		return way_unread(name, policy->unknown, policy->error);
	found = find_other(&policy->is, &other);
	if (found < 0)
		return way_unread(name, where, found);
	if (found == 0)
		return way_closed(name, "%s: no other could be activated", where);
	if (rights == WAY_CLOSED)
		return way_closed(name, "%s: nobody may activate %s", where, other);
	if (rights == WAY_UNKNOWN)
		return way_unknown(
			name, "%s: whether anybody may activate %s is unknown", where, other);
	return way_open(
		name, "the hand-over, or ipe-load -x", "%s: %s could be activated", where, other);
}

enum way_state way_shared_lsm(enum way_state rights)
{
	/* Whose code asks for CAP_MAC_ADMIN (security/). */
	static const char *const sharing[] = {"apparmor", "safesetid", "selinux", "smack"};
	static const char name[] = "shared-lsm", where[] = "/sys/kernel/security/lsm";
	struct bytes running;
	const char *found = NULL;
	int error = setting_read_line(mount_securityfs(), "lsm", &running);

	if (error)
		return way_unread(name, where, error);
	for (unsigned i = 0; i < sizeof(sharing) / sizeof(sharing[0]); i++)
		if (bytes_list_has(running, sharing[i], ","))
			found = sharing[i];
	if (!found)
		return way_closed(name, "%s: none that needs CAP_MAC_ADMIN", where);
	if (rights == WAY_CLOSED)
		return way_closed(name, "%s: %s, whose tools have no CAP_MAC_ADMIN", where, found);
	if (rights == WAY_UNKNOWN)
		return way_unknown(name,
			"%s: whether the tools of %s have CAP_MAC_ADMIN is unknown", where, found);
	return way_open(name, CURE, "%s: %s, whose tools have CAP_MAC_ADMIN", where, found);
}

enum way_state way_io_uring(enum way_state rights)
{
	static const char name[] = "io-uring", where[] = "kernel.io_uring_disabled";
	static const char cure[] = "a kernel without CONFIG_IO_URING";
	uint64_t disabled;
	int error = setting_read_number("sys/kernel/io_uring_disabled", &disabled);

	/* It is there since Linux 6.6, IPE since 6.12. */
	if (error == -ENOENT)
		return way_closed(name, "this kernel has no io_uring");
	if (error)
		return way_unread(name, where, error);
	if (rights == WAY_OPEN && disabled != 2)
		return way_open(name, cure, "%s is %u, and CAP_MAC_ADMIN is there", where,
			(unsigned)disabled);
	/* Where it is 2 now, root may have lowered it before the seal, and raised it again. */
	return way_unknown(name, "one from before the seal may be hidden; closed by %s", cure);
}
