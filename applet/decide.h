/*
 * decide.h - what a policy decides for an operation and a kind of file
 *
 * The rules are those of ipe_evaluate_event (security/ipe/eval.c): the first rule of the operation
 * that matches, then the operation's default, then the global one.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef DECIDE_H
#define DECIDE_H

#include "policy_text.h"

/* Kinds of file.  A digest property matches none of them: it matches one volume or one file. */
enum file_kind {
	FILE_INITRAMFS,    /* of the initramfs: boot_verified=TRUE */
	FILE_NOWHERE,      /* of tmpfs or an ordinary disk: nothing vouches for it */
	FILE_DMV_SIGNED,   /* on a dm-verity volume whose root hash was signed */
	FILE_DMV_UNSIGNED, /* on one whose root hash was not */
	FILE_FSV_SIGNED,   /* with fs-verity and a built-in signature */
	FILE_FSV_UNSIGNED, /* with fs-verity and none */
	FILE_COUNT,
};

struct decision {
	enum policy_action action;
	uint32_t line;   /* 1-based, of the rule or default that decides */
	bool is_default; /* a default decides, not a rule */
};

/* The whole table.  A policy decides nothing else, but for files named by a digest. */
struct decisions {
	struct decision of[OP_COUNT][FILE_COUNT];
	bool any_digest[OP_COUNT]; /* a rule of the operation names files by digest */

	struct decision defaults[OP_COUNT + 1]; /* seen so far; [OP_NONE] is the global one */
};

/* Begins a table: nothing is decided yet. */
void decide_start(struct decisions *table);

/* Tells it an event of policy_next (RULE or DEFAULT; others are passed over), in the text's order.
 */
void decide_event(struct decisions *table, enum policy_event event, const struct policy_reader *at);

/* After EVENT_END: fills what only the defaults decide. */
void decide_end(struct decisions *table);

#endif
