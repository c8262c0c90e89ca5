/*
 * check.h - checking policies before the kernel sees them
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef CHECK_H
#define CHECK_H

#include "bytes.h"
#include "policy_text.h"

/* With say_quiet errors only: neither warnings nor the line for a good file, nor the table. */
enum check_option {
	CHECK_TABLE = 1 << 0,  /* also the table of what the policy decides */
	CHECK_STRICT = 1 << 1, /* warnings count as errors */
	CHECK_INITRAMFS =
		1 << 2,      /* for an image: a policy that lets nothing run there is an error */
	CHECK_LIST = 1 << 3, /* standard output is a list of paths: no line for a good file, and the
				table goes to standard error */
	CHECK_FINAL = 1 << 4, /* for the hand-over: what it refuses is an error */
};

/*
 * What is remembered of the files checked so far, but for their names and versions, of which the
 * whole process has one table.  Set options before the first file, the rest to 0; they may change
 * between files.
 */
struct check {
	unsigned options; /* set of enum check_option */
	unsigned errors;

	const char *file;  /* the last one's name */
	struct bytes name; /* its policy's; empty if it could not be read */

	bool favoured; /* that the initramfs is favoured has been said */
};

/*
 * Checks one policy, signed (it begins with byte 0x30) or plain, and says what it finds:
 * "FILE:LINE:COLUMN: error: ..." (FILE: error: ... for a message's form).  For a good one a line
 * with name and version.  Findings are counted in check.  True when there was no error.
 */
bool check_policy(struct check *check, const char *file, struct bytes content);

/* Says an error or a warning about the last file, or a line of it if that is not 0, and counts it.
 */
void check_say(struct check *check, size_t line, bool error, const char *what);

/* After the last file: says what concerns them together.  Returns 0 good, 1 bad. */
int check_end(struct check *check);

/* Appends (say_add) the reader's last fault in words: `unknown operation "EXEC" (EXECUTE, ...)`. */
void check_fault_words(const struct policy_reader *at);

#endif
