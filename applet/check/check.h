/*
 * check.h - checking policies before the kernel sees them
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef CHECK_CHECK_H
#define CHECK_CHECK_H

#include "policy/bytes.h"
#include "policy/text.h"

/* With say_quiet errors only: neither warnings nor the line for a good file, nor the table. */
enum check_option {
	CHECK_TABLE = 1 << 0,     /* also the table of what the policy decides */
	CHECK_INITRAMFS = 1 << 1, /* for an image: a policy that lets nothing run there is an error
				   */
	CHECK_LIST = 1 << 2,  /* standard output is a list of paths: the line for a good file and
				 the table go to standard error, both only with CHECK_TABLE.
				 What is not signed is an error */
	CHECK_FINAL = 1 << 3, /* for the hand-over: what it refuses is an error.  No table */
	CHECK_ALL = 1 << 4,   /* all will be loaded: two that contradict each other are an error,
				 and so is what is not signed */
};

/* Set of enum check_option; to be set before the first file, and may change between files. */
extern unsigned check_options;

/* Has read the last file; its name is empty if that could not be read. */
extern struct policy_reader check_reader;

/*
 * Checks one policy, signed (it begins with byte 0x30) or plain, and says what it finds, about
 * say_place, whose file it sets: "FILE:LINE:COLUMN: error: ..." (FILE: error: ... for a message's
 * form).  For a good one a line with name and version.  True when there was no error.
 */
bool check_policy(const char *file, struct bytes content);

/* After the last file: says what concerns them together.  Returns 0 good, 1 when there was any
 * error (say_errors). */
int check_end(void);

/* Appends (say_add) the reader's last fault in words: `unknown operation "EXEC" (EXECUTE, ...)`. */
void check_fault_words(const struct policy_reader *at);

#endif
