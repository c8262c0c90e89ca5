/*
 * seal.c - taking away what could undo the policy
 *
 * SPDX-License-Identifier: MIT
 */
#include "seal.h"

#include <errno.h>
#include <linux/capability.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "devicemapper.h"
#include "helpers.h"
#include "kernfs.h"
#include "keyring.h"
#include "say.h"
#include "survivors.h"

/* The sets that capget(2) tells of, as two words each. */
struct sets {
	struct __user_cap_data_struct word[2];
};

static int capabilities(long call, struct sets *sets)
{
	struct __user_cap_header_struct header = {_LINUX_CAPABILITY_VERSION_3, 0};

	return syscall(call, &header, sets->word) ? -errno : 0;
}

static int in_bounding_set(void)
{
	return (int)syscall(SYS_prctl, PR_CAPBSET_READ, CAP_MAC_ADMIN, 0, 0, 0);
}

/* Takes CAP_MAC_ADMIN from this process and what it becomes.  The kernel lowers the ambient set
 * with the permitted one (cap_capset, security/commoncap.c).  0 or -errno. */
static int drop_from_self(void)
{
	const unsigned bit = CAP_TO_MASK(CAP_MAC_ADMIN);
	struct sets sets;
	struct __user_cap_data_struct *word = sets.word + CAP_TO_INDEX(CAP_MAC_ADMIN);
	int error;

	if (in_bounding_set() && syscall(SYS_prctl, PR_CAPBSET_DROP, CAP_MAC_ADMIN, 0, 0, 0))
		return -errno;
	error = capabilities(SYS_capget, &sets);
	if (error)
		return error;
	word->effective &= ~bit;
	word->permitted &= ~bit;
	word->inheritable &= ~bit;
	error = capabilities(SYS_capset, &sets);
	if (!error)
		error = capabilities(SYS_capget, &sets);
	if (error)
		return error;
	if (((word->effective | word->permitted | word->inheritable) & bit) || in_bounding_set() ||
		syscall(SYS_prctl, PR_CAP_AMBIENT, PR_CAP_AMBIENT_IS_SET, CAP_MAC_ADMIN, 0, 0))
		return -EIO;
	return 0;
}

bool seal(bool device_mapper, bool hand_over)
{
	const char *what = "proc cannot be reached", *cure = "CAP_SYS_ADMIN";
	int proc = kernfs_open("proc", "/proc", PROC_SUPER_MAGIC), error = proc < 0 ? proc : 0;

	/* The kernel's helpers first: none may start with the capability once the others have been
	 * counted. */
	if (!error) {
		what = "the kernel's helpers cannot be kept from it "
		       "(/proc/sys/kernel/usermodehelper)";
		cure = "CAP_SETPCAP and CAP_SYS_MODULE";
		error = helpers_drop(proc, device_mapper);
	}
	if (!error) {
		what = "the .fs-verity keyring cannot be restricted";
		cure = "root";
		error = keyring_restrict(proc);
	}
	if (!error) {
		if (hand_over && !survivors_gone(proc, device_mapper))
			return false;
		what = "the open descriptors cannot be listed";
		error = survivors_close_own(proc);
	}
	if (!error && device_mapper) {
		what = "device-mapper tables cannot be taken away (CONFIG_SECCOMP_FILTER)";
		cure = "CAP_SYS_ADMIN";
		error = devicemapper_seal();
	}
	if (!error) {
		what = "CAP_MAC_ADMIN cannot be taken from INIT";
		cure = "CAP_SETPCAP";
		error = drop_from_self();
	}
	if (proc >= 0)
		close(proc);
	if (!error)
		return true;
	say_begin(SAY_ERROR);
	say_add("seal: ");
	say_add_errno(what, -error);
	if (error == -EPERM || error == -EACCES)
		say_add(" (it takes %pW)", cure);
	say_end();
	return false;
}
