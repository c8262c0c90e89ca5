/*
 * seal.c - taking away what could undo the policy
 *
 * SPDX-License-Identifier: MIT
 */
#include "seal.h"

#include <errno.h>
#include <linux/capability.h>
#include <sys/prctl.h>

#include "devicemapper.h"
#include "helpers.h"
#include "kernfs.h"
#include "keyring.h"
#include "load.h"
#include "say.h"
#include "survivors.h"
#include "system.h"

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
	word->effective &= ~bit;
	word->permitted &= ~bit;
	word->inheritable &= ~bit;
	if (!error)
		error = capabilities(SYS_capset);
	if (!error)
		error = capabilities(SYS_capget);
	if (!error && ((word->effective | word->permitted | word->inheritable) & bit ||
			      in_bounding_set() ||
			      sys_prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_IS_SET, CAP_MAC_ADMIN)))
		error = -EIO;
	return error;
}

bool seal(void)
{
	const bool device_mapper = options_given & LOAD_SEAL_DM;
	/* What fails, and behind a NUL what it takes. */
	const char *what = "proc cannot be reached\0CAP_SYS_ADMIN";
	int error = kernfs_proc();

	/* The kernel's helpers first: none may start with the capability once the others have been
	 * counted. */
	if (error >= 0) {
		what = "the kernel's helpers cannot be kept from it "
		       "(/proc/sys/kernel/usermodehelper)\0CAP_SETPCAP and CAP_SYS_MODULE";
		error = helpers_drop(device_mapper);
	}
	if (!error) {
		what = "the .fs-verity keyring cannot be restricted\0root";
		error = keyring_restrict();
	}
	if (!error) {
		/* Anywhere else the parent keeps the capability, by the user's own choice. */
		if (sys_getpid() == 1 && !survivors_gone(device_mapper))
			return false;
		what = "the open descriptors cannot be listed\0root";
		error = survivors_close_own();
	}
	if (!error && device_mapper) {
		what = "device-mapper tables cannot be taken away "
		       "(CONFIG_SECCOMP_FILTER)\0CAP_SYS_ADMIN";
		error = devicemapper_seal();
	}
	if (!error) {
		what = "CAP_MAC_ADMIN cannot be taken from INIT\0CAP_SETPCAP";
		error = drop_from_self();
	}
	if (!error)
		return true;
	say_begin(SAY_ERROR);
	say_add("seal: %s: %i", what, error);
	if (error == -EPERM || error == -EACCES)
		say_add(" (it takes %s)", bytes_word(what, 1));
	return !say_end();
}
