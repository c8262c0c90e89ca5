/*
 * message_faults.h - the faults of a signed message in words
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef CHECK_MESSAGE_FAULTS_H
#define CHECK_MESSAGE_FAULTS_H

#include "policy/pkcs7.h"

/* The fault with the cure where there is one, in English, without a full stop: "detached: no policy
 * in it (sign with -nodetach)". */
const char *message_fault_words(enum pkcs7_fault fault);

#endif
