/*
 * decide.h - what a policy decides for an operation and a kind of file
 *
 * The rules are those of ipe_evaluate_event (security/ipe/eval.c): the first rule of the operation
 * that matches, then the operation's default, then the global one.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef POLICY_DECIDE_H
#define POLICY_DECIDE_H

#include "policy/text.h"

/*
 * Kinds of file.  A digest property matches none of them: it matches one volume or one file.  For
 * IPE the three that nothing vouches for are the same.  What comes without a file (a module that
 * user space has unpacked) is decided like FILE_NOWHERE.
 */
enum file_kind {
	FILE_INITRAMFS,    /* of the initramfs: boot_verified=TRUE */
	FILE_NOWHERE,      /* of tmpfs or an ordinary disk: nothing vouches for it */
	FILE_DMV_SIGNED,   /* on a dm-verity volume whose root hash was signed */
	FILE_DMV_UNSIGNED, /* on one whose root hash was not */
	FILE_FSV_SIGNED,   /* with fs-verity and a built-in signature */
	FILE_FSV_UNSIGNED, /* with fs-verity and none */
	FILE_SHOWN,
	FILE_BOTH_SIGNED = FILE_SHOWN, /* both signatures: no column of its own, but there is such
					  a file, and a rule for it */
	FILE_COUNT,
	/* The first rule that names files by digest, and allows or denies it. */
	FILE_DIGEST_ALLOWED = FILE_COUNT,
	FILE_DIGEST_DENIED,
	FILE_DEFAULT, /* the operation's default, while rules are read */
	FILE_COLUMNS,
};

/*
 * The whole table: the line of the rule or default that decides, as it is if that allows, negative
 * if that denies; 0: not decided yet.
 */
struct decisions {
	/* After decide_end: the line that allows to a file of the initramfs what is denied to one
	 * of nowhere, or 0 if there is none, and the operation, the first if there are several.
	 * Such a policy goes on trusting the initramfs's files after the real root was entered:
	 * boot_verified is the file system's, and root can still reach it. */
	int favoured_line;
	enum policy_op favoured;

	/* The operation that this kernel does not have, [OP_NONE], is the global default's. */
	int of[OP_COUNT + 1][FILE_COLUMNS];
};

/* The kinds of file that a rule with these properties matches, as a set of 1 << kind. */
unsigned decide_kinds(unsigned properties);

/* Begins a table: nothing is decided yet. */
void decide_start(struct decisions *table);

/* Tells it an event of policy_next (RULE or DEFAULT; others are passed over), in the text's order.
 */
void decide_event(struct decisions *table, enum policy_event event, const struct policy_reader *at);

/* After EVENT_END: fills what only the defaults decide. */
void decide_end(struct decisions *table);

#endif
