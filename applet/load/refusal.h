/*
 * refusal.h - why the kernel refused a policy
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef LOAD_REFUSAL_H
#define LOAD_REFUSAL_H

#include <stdbool.h>

#include "policy/pkcs7.h"

/*
 * Says why the kernel refuses this message: the write to new_policy or update failed with that
 * errno, or it would.  What the form of the message, or the policy's text, tells goes before what
 * the errno means (security/ipe/policy.c, security/ipe/fs.c, crypto/asymmetric_keys/).
 *
 * Always false.
 */
bool refusal(const char *file, const struct pkcs7_message *message, int error);

#endif
