/*
 * way_kexec.h - which kernel root can start
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STATUS_WAY_KEXEC_H
#define STATUS_WAY_KEXEC_H

#include "status/active_policy.h"
#include "status/way.h"

/*
 * Each prints its line, and returns its state (status/way.h).  lockdown is that of way_lockdown():
 * it wants the kernel signed, not its initramfs.  Whether there is such a kernel at hand is not
 * known here.
 */

/* A kernel, or its initramfs, that nothing vouches for. */
enum way_state way_kexec(const struct active_policy *policy, enum way_state lockdown);

/* A kernel that the policy trusts, with a command line that leaves ipe-load out. */
enum way_state way_kexec_command_line(const struct active_policy *policy, enum way_state lockdown);

#endif
