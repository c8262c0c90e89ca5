/*
 * seal.c - taking away what could undo the policy
 *
 * SPDX-License-Identifier: MIT
 */
#define _GNU_SOURCE
#include "hold/seal.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "hold/descriptor.h"
#include "hold/devicemapper.h"
#include "hold/helpers.h"
#include "hold/initramfs_trust.h"
#include "hold/keyring.h"
#include "hold/mac_admin.h"
#include "hold/scripts.h"
#include "hold/survivors.h"
#include "hold/verity_volumes.h"
#include "kernel/ipe.h"
#include "kernel/mount.h"
#include "say.h"

/* The root directory of securityfs; all zero when the kernel has no securityfs. */
static bool find_securityfs(struct file_identity *securityfs)
{
	int error, directory = mount_securityfs();

	memset(securityfs, 0, sizeof(*securityfs));
	if (directory == -ENODEV)
		return true;
	error = directory < 0 ? directory : identity_of(directory, "", securityfs);
	if (error)
		return fail_errno(error, "seal: securityfs cannot be reached");
	return true;
}

/* Without an active policy there is nothing that trusts the initramfs. */
static bool active_policy_trusts_no_initramfs(void)
{
	struct ipe_active active;
	struct bytes text;
	int error, found = ipe_is_there() ? ipe_find_active(&active) : 0;

	if (found < 0)
		return fail_errno(found, "the active policy cannot be found");
	if (found == 0)
		return true;
	error = ipe_read_text(active.name, &text);
	if (error)
		return fail_errno(error, "seal: policy %s: its text cannot be read", active.name);
	return initramfs_trust_is_absent(active.name, text);
}

/* In process 1 no other process can open another volume any more: survivors_stop() has seen to it.
 */
static bool forbid_devicemapper(void)
{
	if (!verity_volumes_wait())
		return false;
	verity_volumes_note_fuseblk();
	return devicemapper_forbid_tables();
}

bool seal(const struct seal_options *options)
{
	struct file_identity securityfs;
	struct taken taken = {CAPABILITY(CAP_MAC_ADMIN), &securityfs};
	const bool is_first = getpid() == 1;
	int proc;

	/* Who has it can load device-mapper tables. */
	if (options->devicemapper)
		taken.capabilities |= CAPABILITY(CAP_SYS_ADMIN);
	proc = mount_proc();
	if (proc < 0)
		return fail_errno(proc, "seal: proc cannot be reached (it takes CAP_SYS_ADMIN)");
	if (!find_securityfs(&securityfs))
		return false;

	/* Before anything is taken away. */
	if (!active_policy_trusts_no_initramfs())
		return false;
	/* Then the kernel's helpers: none may start with a capability once the other processes
	 * have been looked at. */
	if (!helpers_lose(proc, taken.capabilities))
		return false;
	if (!keyring_restrict())
		return false;
	/* While the other processes can still close one. */
	if (options->devicemapper && !verity_volumes_wait())
		return false;
	/* Where this is not process 1 its parent keeps everything, by the user's own choice. */
	if (is_first && !survivors_stop(proc, &taken))
		return false;
	if (!descriptor_close_dangers(proc, &securityfs))
		return false;
	/* Again, since one of the others may have changed it meanwhile. */
	if (!active_policy_trusts_no_initramfs())
		return false;
	if (options->devicemapper && !forbid_devicemapper())
		return false;
	if (options->scripts && !scripts_restrict())
		return false;
	if (!mac_admin_drop(proc))
		return false;
	return !is_first || survivors_continue();
}
