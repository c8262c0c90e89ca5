/*
 * scripts.c - interpreters that ask whether a script may be executed
 *
 * SPDX-License-Identifier: MIT
 */
#define _GNU_SOURCE
#include "hold/scripts.h"

#include <errno.h>
#include <linux/prctl.h>
#include <linux/securebits.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "say.h"

/* include/uapi/linux/securebits.h; headers before 6.14 lack them. */
#define MY_EXEC_RESTRICT_FILE 8
#define MY_EXEC_RESTRICT_FILE_LOCKED 9
#define MY_EXEC_DENY_INTERACTIVE 10
#define MY_EXEC_DENY_INTERACTIVE_LOCKED 11

bool scripts_restrict(void)
{
	const long bits = issecure_mask(MY_EXEC_RESTRICT_FILE) |
			  issecure_mask(MY_EXEC_RESTRICT_FILE_LOCKED) |
			  issecure_mask(MY_EXEC_DENY_INTERACTIVE) |
			  issecure_mask(MY_EXEC_DENY_INTERACTIVE_LOCKED);
	long set = syscall(SYS_prctl, PR_GET_SECUREBITS, 0, 0, 0, 0);

	if (set < 0 || syscall(SYS_prctl, PR_SET_SECUREBITS, set | bits, 0, 0, 0))
		return fail_errno(
			errno, "seal: scripts cannot be restricted (it takes Linux 6.14)");
	return true;
}
