/*
 * activate.h - activating a policy
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef LOAD_ACTIVATE_H
#define LOAD_ACTIVATE_H

#include "kernel/ipe.h"

/* Activates a loaded policy of that version, and asks the kernel whether it is active.  False after
 * an error was said. */
bool activate(const char *name, const struct policy_version *version);

/* Deletes every loaded policy but this one.  False after an error was said. */
bool delete_others(const char *name);

#endif
