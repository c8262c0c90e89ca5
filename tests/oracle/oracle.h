/*
 * oracle.h - compares the policy reader with the kernel's parser
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef ORACLE_H
#define ORACLE_H

#include "policy/text.h"

/* The longest text that is compared. */
#define ORACLE_MAX 65535

struct comparison {
	int error;               /* the kernel's verdict: 0 or an errno */
	enum policy_fault fault; /* the reader's: TEXT_OK or its first fault */
	char difference[512];    /* empty, or what the two see differently */
};

/*
 * Gives a text of at most ORACLE_MAX bytes to both.  They must agree on the verdict, and, where the
 * kernel takes the text, on the name, the version, all rules and all defaults.
 *
 * The kernel stops at its first fault, the reader does not.  So a text with faults is also taken
 * apart: the kernel must refuse each of the lines called faulty (of the first eight) behind the
 * good lines before it, with the errno of its fault, and must read the good lines alone as the
 * reader did.
 *
 * False when there is a difference.
 */
bool oracle_compare(struct bytes text, struct comparison *result);

#endif
