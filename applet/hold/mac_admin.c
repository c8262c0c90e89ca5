/*
 * mac_admin.c - CAP_MAC_ADMIN of this process
 *
 * SPDX-License-Identifier: MIT
 */
#define _GNU_SOURCE
#include "hold/mac_admin.h"

#include <errno.h>
#include <linux/capability.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "hold/thread.h"
#include "say.h"

/* CAP_MAC_ADMIN is in this word of a set, as this bit (capget(2)). */
#define WORD CAP_TO_INDEX(CAP_MAC_ADMIN)
#define BIT CAP_TO_MASK(CAP_MAC_ADMIN)

/* Where it is not in the bounding set nothing is dropped: that would take CAP_SETPCAP. */
static int drop_from_bounding_set(void)
{
	long is = syscall(SYS_prctl, PR_CAPBSET_READ, CAP_MAC_ADMIN, 0, 0, 0);

	if (is == 0)
		return 0;
	if (is < 0 || syscall(SYS_prctl, PR_CAPBSET_DROP, CAP_MAC_ADMIN, 0, 0, 0))
		return -errno;
	return 0;
}

/* With the permitted and the inheritable set the kernel lowers the ambient one (cap_capset,
 * security/commoncap.c). */
static int drop_from_other_sets(void)
{
	struct __user_cap_header_struct header = {_LINUX_CAPABILITY_VERSION_3, 0};
	struct __user_cap_data_struct words[_LINUX_CAPABILITY_U32S_3];

	if (syscall(SYS_capget, &header, words))
		return -errno;
	words[WORD].effective &= ~BIT;
	words[WORD].permitted &= ~BIT;
	words[WORD].inheritable &= ~BIT;
	return syscall(SYS_capset, &header, words) ? -errno : 0;
}

bool mac_admin_drop(int proc)
{
	struct thread self;
	int error = drop_from_bounding_set();

	if (!error)
		error = drop_from_other_sets();
	if (error)
		return fail_errno(error,
			"seal: CAP_MAC_ADMIN cannot be taken from INIT (it takes CAP_SETPCAP)");
	error = thread_read(&self, proc, "self/status");
	if (error)
		return fail_errno(error, "seal: CAP_MAC_ADMIN: its state cannot be read");
	if (self.capabilities & CAPABILITY(CAP_MAC_ADMIN))
		return fail("seal: CAP_MAC_ADMIN is still there although it was dropped");
	return true;
}
