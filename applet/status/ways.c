/*
 * ways.c - which ways around the active policy are open on this machine
 *
 * The list is that of what IPE does not stop (ipe-load(8), README), as far as a machine can be
 * asked.  What only an image shows (device nodes, file systems on two devices) and what nobody
 * closes is not on it.
 *
 * SPDX-License-Identifier: MIT
 */
#include "status/ways.h"

#include "status/active_policy.h"
#include "status/view.h"
#include "status/way_kexec.h"
#include "status/way_keyrings.h"
#include "status/way_memory.h"
#include "status/way_module.h"
#include "status/way_policy.h"
#include "status/way_programs.h"
#include "status/way_rights.h"
#include "status/way_volumes.h"

/* The heaviest state so far, and one more. */
static void count(enum way_state *heaviest, enum way_state state)
{
	*heaviest = way_heavier(*heaviest, state);
}

/* Who may change the policy. */
static enum way_state print_rights(const struct active_policy *policy)
{
	enum way_state rights = way_mac_admin(), heaviest;

	count(&rights, way_helpers());
	count(&rights, way_processes());
	heaviest = rights;
	count(&heaviest, way_policies(policy, rights));
	count(&heaviest, way_shared_lsm(rights));
	count(&heaviest, way_io_uring(rights));
	return heaviest;
}

/* What the policy, the kernel and its settings let root have read as code. */
static enum way_state print_code(const struct active_policy *policy, enum way_state lockdown)
{
	enum way_state signature = way_module_signature(lockdown), heaviest = signature;

	count(&heaviest, way_module(policy, signature));
	count(&heaviest, way_firmware(policy));
	count(&heaviest, way_kexec(policy, lockdown));
	count(&heaviest, way_kexec_command_line(policy, lockdown));
	count(&heaviest, way_overlay(policy));
	return heaviest;
}

static enum way_state print_volumes(const struct active_policy *policy)
{
	enum way_state fuseblk, heaviest = way_tables(policy);

	fuseblk = way_fuseblk(policy);
	count(&heaviest, fuseblk);
	count(&heaviest, way_free_volumes(policy, fuseblk));
	count(&heaviest, way_key_dm_verity(policy));
	count(&heaviest, way_late_verity(policy));
	count(&heaviest, way_key_fs_verity(policy));
	count(&heaviest, way_stale_fs_verity(policy));
	return heaviest;
}

static enum way_state print_memory(enum way_state lockdown)
{
	enum way_state heaviest = way_dev_mem(lockdown);

	count(&heaviest, way_proc_mem());
	count(&heaviest, way_ptrace());
	count(&heaviest, way_uprobe());
	count(&heaviest, way_swap());
	return heaviest;
}

enum way_state ways_print(void)
{
	static struct active_policy policy;
	enum way_state heaviest, lockdown;

	view_start();
	active_policy_read(&policy);
	heaviest = way_enforce();
	count(&heaviest, print_rights(&policy));
	count(&heaviest, way_initramfs(&policy));
	count(&heaviest, way_execute(&policy));
	lockdown = way_lockdown();
	count(&heaviest, lockdown);
	count(&heaviest, print_code(&policy, lockdown));
	count(&heaviest, print_volumes(&policy));
	count(&heaviest, print_memory(lockdown));
	count(&heaviest, way_script());
	count(&heaviest, way_loader());
	return heaviest;
}
