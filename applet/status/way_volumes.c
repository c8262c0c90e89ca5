/*
 * way_volumes.c - how root can give a verified volume other contents
 *
 * SPDX-License-Identifier: MIT
 */
#define _GNU_SOURCE
#include "status/way_volumes.h"

#include <errno.h>
#include <string.h>

#include "hold/devicemapper.h"
#include "hold/helpers.h"
#include "hold/number.h"
#include "hold/thread.h"
#include "hold/verity_volumes.h"
#include "kernel/directory.h"
#include "kernel/identity.h"
#include "kernel/mount.h"
#include "status/process.h"
#include "status/setting.h"
#include "status/view.h"
#include "status/volume.h"
#include "status/way_module.h"

#define NO_VOLUMES "policy %s trusts no dm-verity volume"

/* False when there is nothing to gain from a volume. */
static bool matters(const struct active_policy *policy)
{
	return policy->none || active_policy_trusts_volumes(policy);
}

/* Does the volume count, which is the block device of that name?  1, 0 or -errno. */
typedef int counts(const struct volume *volume, const char *device);

/* The same for a device that may be none. */
static int is_such_volume(const char *device, counts *counts)
{
	struct volume volume;
	int result = volume_find(bytes_of(device), &volume);

	if (result == -ENODEV) /* removed since it was listed */
		return 0;
	return result <= 0 ? result : counts(&volume, device);
}

/* Finds the first open dm-verity volume that counts.  1 and its name, valid until the next call, 0
 * or -errno. */
static int find_volume(counts *counts, const char **device)
{
	static struct directory devices;
	int result, sysfs = mount_sysfs();

	if (sysfs < 0)
		return sysfs;
	result = directory_open(&devices, sysfs, "block");
	if (result)
		return result;
	while ((result = directory_next(&devices, device)) > 0) {
		if (**device == '.')
			continue;
		result = is_such_volume(*device, counts);
		if (result != 0)
			break;
	}
	directory_close(&devices);
	if (result == 0 && !view_has_all_of_sysfs())
		return -EACCES;
	return result;
}

/* ---- device-mapper tables ---- */

static int is_unchecked(const struct volume *volume, const char *device)
{
	(void)device;
	return volume->unchecked;
}

/* Tables cannot be loaded any more: unless a volume has such a table already. */
static enum way_state closed_unless_unchecked(const char *name)
{
	const char *device = "";
	int found = find_volume(is_unchecked, &device);

	if (found < 0)
		return way_unread(name, "/sys/block: the tables of dm-verity volumes", found);
	if (found > 0)
		return way_open(name, "opening it without",
			"%s has ignore_corruption or check_at_most_once", device);
	return way_closed(name, "DM_TABLE_LOAD is refused by a filter of process 1");
}

/*
 * Is it process 1's own filter that forbids tables here, so that it does so everywhere?  This
 * process has all filters of process 1, from which it comes; when it has no more of its own, one of
 * those forbids.  1, 0 (it has more), or -errno.
 */
static int has_filters_of_first(void)
{
	uint64_t own, first;
	int error = process_count_filters("self/status", &own);

	if (!error)
		error = process_count_filters("1/status", &first);
	return error ? error : own == first;
}

enum way_state way_tables(const struct active_policy *policy)
{
	static const char name[] = "tables", cure[] = "ipe-load -d (make SEAL_DM=1)";
	uint64_t helpers;
	int same, error, proc;

	if (policy->unknown)
		return way_unread(name, policy->unknown, policy->error);
	if (!matters(policy))
		return way_closed(name, NO_VOLUMES, policy->is.name);
	if (!devicemapper_forbids_tables())
		return way_open(name, cure, "DM_TABLE_LOAD is not refused");
	same = has_filters_of_first();
	if (same < 0)
		return way_unread(name, "/proc/1/status: Seccomp_filters", same);
	if (!same || !process_sees_all())
		return way_unknown(name, "DM_TABLE_LOAD is refused here; elsewhere it may not be");
	proc = mount_proc();
	error = proc < 0 ? proc : helpers_read(proc, &helpers);
	if (error)
		return way_unread(name, "/proc/sys/kernel/usermodehelper", error);
	if (helpers & CAPABILITY(CAP_SYS_ADMIN))
		return way_open(
			name, cure, "/proc/sys/kernel/usermodehelper: CAP_SYS_ADMIN is there");
	return closed_unless_unchecked(name);
}

/* ---- FUSE ---- */

/* For a file system that is in none of the usual places. */
static enum way_state closed_unless_elsewhere(const char *name, const struct active_policy *policy)
{
	if (!module_loading_is_over() && active_policy_allows_any(policy, OP_KMODULE))
		return way_unknown(name, "neither /proc/filesystems nor /lib/modules has it; a "
					 "verified module may be elsewhere");
	return way_closed(name, "neither /proc/filesystems nor /lib/modules has it");
}

enum way_state way_fuseblk(const struct active_policy *policy)
{
	static const struct setting_filesystem fuse = {"fuseblk", "fuse/fuse.ko"};
	static const char name[] = "fuseblk", cure[] = "a kernel without FUSE";
	const char *where;
	int has;

	if (policy->unknown)
		return way_unread(name, policy->unknown, policy->error);
	if (!matters(policy))
		return way_closed(name, NO_VOLUMES, policy->is.name);
	has = setting_has_filesystem(&fuse, &where);
	if (has < 0)
		return way_unread(name, where, has);
	if (has > 0 && !strcmp(where, "/proc/filesystems"))
		return way_open(name, cure, "%s has it", where);
	if (module_loading_is_over())
		return way_closed(
			name, "it is not in /proc/filesystems, and no module can be loaded");
	if (has > 0)
		return way_open(
			name, "an image without the module fuse", "%s has the module", where);
	if (module_may_be_brought(policy))
		return way_open(name, "DEFAULT op=KMODULE action=DENY",
			"root may load a module fuse of its own");
	return closed_unless_elsewhere(name, policy);
}

static int is_free(const struct volume *volume, const char *device)
{
	(void)volume;
	return verity_volumes_is_unclaimed(device);
}

enum way_state way_free_volumes(const struct active_policy *policy, enum way_state fuseblk)
{
	static const char name[] = "free-volumes";
	const char *device = "";
	int found;

	if (policy->unknown)
		return way_unread(name, policy->unknown, policy->error);
	if (!matters(policy))
		return way_closed(name, NO_VOLUMES, policy->is.name);
	if (fuseblk == WAY_CLOSED)
		return way_closed(name, "there is no fuseblk: see above");
	found = find_volume(is_free, &device);
	if (found < 0)
		return way_unread(name, "/sys/block: dm-verity volumes", found);
	if (found == 0)
		return way_closed(name, "/sys/block: every dm-verity volume is in use");
	if (fuseblk == WAY_UNKNOWN)
		return way_unknown(
			name, "/sys/block: %s is not in use, and fuseblk is unknown", device);
	return way_open(name, "mounting or closing it", "/sys/block: %s is not in use", device);
}

/* ---- overlays ---- */

enum way_state way_overlay(const struct active_policy *policy)
{
	static const struct setting_filesystem overlay = {"overlay", "overlayfs/overlay.ko"};
	static const char name[] = "overlay";
	const char *where;
	int has = setting_has_filesystem(&overlay, &where);

	if (has < 0)
		return way_unread(name, where, has);
	if (has > 0 && !strcmp(where, "/proc/filesystems"))
		return way_open(name, "a kernel without overlayfs", "%s has it", where);
	if (module_loading_is_over())
		return way_closed(
			name, "it is not in /proc/filesystems, and no module can be loaded");
	if (has > 0)
		return way_open(
			name, "an image without the module overlay", "%s has the module", where);
	if (policy->unknown)
		return way_unread(name, policy->unknown, policy->error);
	if (module_may_be_brought(policy))
		return way_open(name, "DEFAULT op=KMODULE action=DENY",
			"root may load a module overlay of its own");
	return closed_unless_elsewhere(name, policy);
}

/* ---- dm-verity anew ---- */

/* Is process 1's root directory on a dm-verity volume?  1, 0 or -errno. */
static int is_root_verity(void)
{
	char path[sizeof("dev/block/") + NUMBER_LONGEST + sizeof(":") + NUMBER_LONGEST +
		  sizeof("/dm/uuid")];
	struct file_identity root;
	struct bytes uuid;
	int proc = mount_proc();
	int error = proc < 0 ? proc : identity_of(proc, "1/root", &root);
	char *end;

	if (error)
		return error;
	end = number_put(stpcpy(path, "dev/block/"), root.filesystem_major);
	*end++ = ':';
	stpcpy(number_put(end, root.filesystem_minor), "/dm/uuid");
	error = setting_read_sysfs(path, &uuid);
	if (error == -ENOENT) /* another device, or none */
		return 0;
	return error ? error : bytes_skip(&uuid, "CRYPT-VERITY-");
}

/* For a kernel that has the keyring, and a module that is loaded. */
static enum way_state judge_loaded(const char *name, const char *cure)
{
	static const char where[] = "/sys/module/dm_verity/refcnt";
	struct bytes users;
	int root, error = setting_read_sysfs("module/dm_verity/refcnt", &users);

	if (error == -ENOENT)
		return way_closed(name, "dm-verity is no module");
	if (error)
		return way_unread(name, where, error);
	if (bytes_are(users, "0"))
		return way_open(name, cure, "%s is 0", where);
	root = is_root_verity();
	if (root < 0)
		return way_unread(name, "/proc/1/root: its device", root);
	if (root)
		return way_closed(name, "the root keeps the module dm_verity in use");
	return way_unknown(
		name, "%s is not 0; whether root can close the volumes is unknown", where);
}

/* For a kernel that loads modules.  That dm-verity has the keyring its parameter tells; a
 * distribution may have taken it into an older kernel. */
static enum way_state judge_module(const char *name)
{
	static const char cure[] = "kernel.modules_disabled=1, or a root on dm-verity";
	int loaded = setting_is_in_sysfs("module/dm_verity");
	int has = setting_is_in_sysfs("module/dm_verity/parameters/keyring_unsealed");

	if (loaded < 0)
		return way_unread(name, "/sys/module/dm_verity", loaded);
	if (has < 0)
		return way_unread(name, "/sys/module/dm_verity/parameters", has);
	if (has)
		return judge_loaded(name, cure);
	if (loaded && !setting_is_since(7, 0))
		return way_closed(name, "dm_verity of Linux %s has no keyring", setting_release());
	if (loaded)
		return way_unknown(name, "dm_verity has no keyring, but another module of it may");
	if (!setting_is_since(7, 0))
		return way_unknown(name,
			"dm_verity is not loaded; that of Linux %s may have a keyring",
			setting_release());
	return way_open(name, cure, "the module dm_verity is not loaded");
}

enum way_state way_late_verity(const struct active_policy *policy)
{
	static const char name[] = "late-dm-verity";

	if (policy->unknown)
		return way_unread(name, policy->unknown, policy->error);
	if (!policy->none && !active_policy_trusts_signed_volumes(policy))
		return way_closed(
			name, "policy %s trusts no signed dm-verity volume", policy->is.name);
	if (module_loading_is_over())
		return way_closed(name, "no module can be loaded");
	if (!policy->none && !active_policy_allows_any(policy, OP_KMODULE))
		return way_closed(name, "policy %s allows no KMODULE", policy->is.name);
	return judge_module(name);
}
