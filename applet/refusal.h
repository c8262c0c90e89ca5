/*
 * refusal.h - why the kernel refused a policy
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef REFUSAL_H
#define REFUSAL_H

#include "pkcs7.h"

/*
 * Says the error "NAME: WHY" after a write to new_policy or update failed with that errno
 * (security/ipe/policy.c, security/ipe/fs.c and crypto/asymmetric_keys/ say which means what).
 * What the message's own form or text tells is said rather than the errno.
 */
void refusal_say(const char *name, const struct pkcs7_message *message, int error);

#endif
