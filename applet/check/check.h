/*
 * check.h - checking policies before the kernel sees them
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef CHECK_CHECK_H
#define CHECK_CHECK_H

#include "check/report.h"
#include "check/set.h"
#include "policy/bytes.h"

/* It is large (the set): to be static, all 0 but for what is set here. */
struct checker {
	/* To be set before the first policy. */
	struct findings findings; /* .strict: -W */
	bool list;                /* standard output is a list of paths (-l): the line for a good
				     policy goes to standard error, and only with table */
	bool table;               /* say also what each policy decides (-v) */
	bool newer_kernel;        /* an unknown operation or property is a warning (-u) */

	/* To be set before the first policy, and may change between two. */
	enum purpose purpose;

	/* What has been read. */
	struct bytes name; /* of the last policy; empty if there is none or it cannot be one.  It is
			      in that policy's content */
	struct policy_set set; /* all without errors in their own text and form */
};

/*
 * Checks one policy, signed (it begins with byte 0x30) or plain, and says what it finds.  For a
 * good one it prints a line with name, version and signer, unless say_errors_only() was called.
 *
 * Returns true when there was no error and the line, if any, could be printed.
 */
bool check_policy(struct checker *checker, const char *file, struct bytes content);

/* After the last policy: says what concerns them together.  Returns true when no error was found,
 * in any of them or of them together. */
bool check_end(struct checker *checker);

#endif
