/*
 * seal.c - taking away what could undo the policy
 *
 * SPDX-License-Identifier: MIT
 */
#include "hold/seal.h"

#include <errno.h>
#include <sys/prctl.h>

#include "hold/devicemapper.h"
#include "hold/helpers.h"
#include "hold/keyring.h"
#include "hold/survivors.h"
#include "kernel/kernfs.h"
#include "kernel/system.h"
#include "load/load.h"
#include "say.h"

/* The sets that capget(2) tells of, as two words each. */
static struct __user_cap_data_struct sets[2];

static int capabilities(long call)
{
	static struct __user_cap_header_struct header = {_LINUX_CAPABILITY_VERSION_3, 0};

	return (int)system_call3(call, (long)&header, (long)sets, 0);
}

static int in_bounding_set(void)
{
	return (int)system_call3(SYS_prctl, PR_CAPBSET_READ, CAP_MAC_ADMIN, 0);
}

/* Takes CAP_MAC_ADMIN from this process and what it becomes.  The kernel lowers the ambient set
 * with the permitted one (cap_capset, security/commoncap.c).  0 or -errno. */
static int drop_from_self(void)
{
	const unsigned bit = CAP_TO_MASK(CAP_MAC_ADMIN);
	struct __user_cap_data_struct *word = sets + CAP_TO_INDEX(CAP_MAC_ADMIN);
	int error = 0;

	if (in_bounding_set())
		error = (int)system_call3(SYS_prctl, PR_CAPBSET_DROP, CAP_MAC_ADMIN, 0);
	if (!error)
		error = capabilities(SYS_capget);
	if (error)
		return error;
	word->effective &= ~bit;
	word->permitted &= ~bit;
	word->inheritable &= ~bit;
	error = capabilities(SYS_capset);
	if (!error)
		error = capabilities(SYS_capget);
	if (!error && ((word->effective | word->permitted | word->inheritable) & bit ||
			      in_bounding_set() ||
			      sys_prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_IS_SET, CAP_MAC_ADMIN)))
		error = -EIO;
	return error;
}

/* For each step of the seal: what has failed, and what it takes. */
static const char *const steps = "proc cannot be reached\0"
				 "CAP_SYS_ADMIN\0"
				 "the kernel's helpers cannot be kept from it "
				 "(/proc/sys/kernel/usermodehelper)\0"
				 "CAP_SETPCAP and CAP_SYS_MODULE\0"
				 "the .fs-verity keyring cannot be restricted\0"
				 "root\0"
				 "the open descriptors cannot be listed\0"
				 "root\0"
				 "device-mapper tables cannot be taken away "
				 "(CONFIG_SECCOMP_FILTER)\0"
				 "CAP_SYS_ADMIN\0"
				 "CAP_MAC_ADMIN cannot be taken from INIT\0"
				 "CAP_SETPCAP";

uint64_t seal_capabilities = SEAL_MAC_ADMIN;

bool seal(void)
{
	unsigned step = 0;
	const char *what;
	int error = kernfs_proc();

	if (options_given & LOAD_SEAL_DM)
		seal_capabilities |= SEAL_SYS_ADMIN;
	/* The kernel's helpers first: none may start with the capability once the others have been
	 * counted. */
	if (error >= 0) {
		step++;
		error = helpers_drop();
	}
	if (!error) {
		step++;
		error = keyring_restrict();
	}
	if (!error) {
		/* Anywhere else the parent keeps the capability, by the user's own choice. */
		if (sys_getpid() == 1 && !survivors_gone())
			return false;
		step++;
		error = survivors_close_own();
	}
	if (!error) {
		step++;
		if (options_given & LOAD_SEAL_DM)
			error = devicemapper_seal();
	}
	if (!error) {
		step++;
		error = drop_from_self();
	}
	if (!error)
		return true;
	what = bytes_word(steps, 2 * step);
	say_begin(SAY_ERROR);
	say_add("seal: %s: %i", what, error);
	if (error == -EPERM || error == -EACCES)
		say_add(" (it takes %s)", bytes_word(what, 1));
	return !say_end();
}
