/*
 * way_module.h - which kernel modules root can load
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STATUS_WAY_MODULE_H
#define STATUS_WAY_MODULE_H

#include <stdbool.h>

#include "status/active_policy.h"
#include "status/way.h"

/* Can no module be loaded at all: none in this kernel, or kernel.modules_disabled=1?  False also
 * when that cannot be told. */
bool module_loading_is_over(void);

/* Could the module of a file system that is at hand nowhere else be brought along?  False when that
 * is denied. */
bool module_may_be_brought(const struct active_policy *policy);

/* Each prints its line, and returns its state (status/way.h).  lockdown is that of way_lockdown().
 */

/* A module that is not signed, from a file that IPE took for a verified one. */
enum way_state way_module_signature(enum way_state lockdown);

/* A module from a file that nothing vouches for.  signature is the state of the one before. */
enum way_state way_module(const struct active_policy *policy, enum way_state signature);

#endif
