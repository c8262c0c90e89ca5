/*
 * way_rights.h - who may still change the policy, or switch it off
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STATUS_WAY_RIGHTS_H
#define STATUS_WAY_RIGHTS_H

#include "status/active_policy.h"
#include "status/way.h"

/* Each prints its line, and returns its state (status/way.h). */

/* Does IPE enforce? */
enum way_state way_enforce(void);

/* CAP_MAC_ADMIN in any of process 1's sets: what it starts can have it. */
enum way_state way_mac_admin(void);

/* The same for the programs that the kernel starts by itself (hold/helpers.h). */
enum way_state way_helpers(void);

/* The same for any other process: root can make it do what it likes (hold/survivors.h). */
enum way_state way_processes(void);

/* For those that follow, rights is the heaviest of the three before: can anybody have the
 * capability? */

/* Another policy is loaded that could be activated: the kernel wants a version that is not lower
 * (ipe_set_active_pol, security/ipe/policy.c). */
enum way_state way_policies(const struct active_policy *policy, enum way_state rights);

/* A security module whose own tools need CAP_MAC_ADMIN, and so keep it. */
enum way_state way_shared_lsm(enum way_state rights);

/* An io_uring that was made before the seal keeps its maker's capabilities; one without a
 * descriptor is shown nowhere (hold/descriptor.h). */
enum way_state way_io_uring(enum way_state rights);

#endif
