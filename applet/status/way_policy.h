/*
 * way_policy.h - what the active policy leaves unrestricted
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STATUS_WAY_POLICY_H
#define STATUS_WAY_POLICY_H

#include "status/active_policy.h"
#include "status/way.h"

/* Each prints its line, and returns its state (status/way.h). */

/* The policy favours files of the initramfs, which root can still write to (policy/decide.h). */
enum way_state way_initramfs(const struct active_policy *policy);

/* EXECUTE and FIRMWARE are allowed to files that nothing vouches for. */
enum way_state way_execute(const struct active_policy *policy);
enum way_state way_firmware(const struct active_policy *policy);

#endif
