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
	FILE_BOTH_SIGNED,  /* on a signed dm-verity volume, and with fs-verity and a signature */
	FILE_COUNT,
};

/* The line of the rule or default that decides, and how; line 0: nothing has decided yet. */
struct decision {
	unsigned line;
	enum policy_action action;
};

/* What is decided for one operation. */
struct op_decisions {
	struct decision file[FILE_COUNT];
	struct decision by_digest[ACTION_COUNT]; /* the first rule that allows, or denies, files
						    that it names by digest */
	struct decision by_default;              /* the operation's own default */
};

struct decisions {
	/* [OP_NONE] is the global default's: an operation that this kernel does not have. */
	struct op_decisions op[OP_COUNT + 1];

	/* After decide_end: the line that allows to a file of the initramfs what is denied to one
	 * of nowhere, or 0 if there is none, and the operation, the first if there are several.
	 * Such a policy goes on trusting the initramfs's files after the real root was entered:
	 * boot_verified is the file system's, and root can still reach it. */
	unsigned favoured_line;
	enum policy_op favoured;
};

/* Has a file of this kind all the boolean properties that the rule asks for?  Digests, if it asks
 * for any, are another matter. */
bool decide_matches(const struct policy_rule *rule, enum file_kind kind);

/* Begins a table: nothing is decided yet. */
void decide_start(struct decisions *table);

/* Tells it an event of policy_next (RULE or DEFAULT; others are passed over), in the text's order.
 */
void decide_event(struct decisions *table, enum policy_event event, const struct policy_reader *at);

/* After EVENT_END: fills what only the defaults decide. */
void decide_end(struct decisions *table);

/* After decide_end: does any line of the policy deny anything? */
bool decide_denies(const struct decisions *table);

#endif
