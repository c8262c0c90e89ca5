/*
 * check.h - checking policies before the kernel sees them
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef CHECK_H
#define CHECK_H

#include "bytes.h"
#include "policy_text.h"

enum check_option {
	CHECK_QUIET = 1 << 0,  /* errors only: neither warnings nor the line for a good file */
	CHECK_TABLE = 1 << 1,  /* also the table of what the policy decides */
	CHECK_STRICT = 1 << 2, /* warnings count as errors */
	CHECK_INITRAMFS =
		1 << 3,      /* for an image: a policy that lets nothing run there is an error */
	CHECK_LIST = 1 << 4, /* standard output is a list of paths: no line for a good file */
};

/* What is remembered of the files checked so far. */
struct check {
	unsigned options; /* set of enum check_option; set before the first file */
	unsigned errors;
	unsigned warnings;
};

/*
 * Checks one policy, signed (it begins with byte 0x30) or plain, and says what it finds:
 * "NAME:LINE:COLUMN: error: ..." (NAME: error: ... for a message's form).  For a good one a line
 * with name and version.  Findings are counted in check.
 */
void check_policy(struct check *check, const char *name, struct bytes content);

/* After the last file: says what concerns them together.  Returns 0 good, 1 bad. */
int check_end(struct check *check);

/* Appends (say_add) the reader's last fault in words: `unknown operation "EXEC" (EXECUTE, ...)`. */
void check_fault_words(const struct policy_reader *at);

#endif
