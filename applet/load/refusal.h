/*
 * refusal.h - why the kernel refused a policy
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef LOAD_REFUSAL_H
#define LOAD_REFUSAL_H

#include "find/find.h"
#include "policy/pkcs7.h"

/*
 * Says the error "NAME: WHY" of the policy that the finder has found last, after a write of its
 * message to new_policy or update failed with that errno (security/ipe/policy.c, security/ipe/fs.c
 * and crypto/asymmetric_keys/ say which means what).
 * What the message's own form or text tells is said rather than the errno.
 */
void refusal_say(const struct finder *finder, const struct pkcs7_message *message, int error);

#endif
