/*
 * write.h - writing a policy to the kernel
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef LOAD_WRITE_H
#define LOAD_WRITE_H

#include "load/candidate.h"

/*
 * Loads the policy, or updates the kernel's of that name, unless that is the same or newer.
 * *in_kernel becomes the version that the kernel then has.
 *
 * False after an error was said.
 */
bool write_policy(const struct candidate *candidate, struct policy_version *in_kernel);

#endif
