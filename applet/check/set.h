/*
 * set.h - what concerns policies beside each other
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef CHECK_SET_H
#define CHECK_SET_H

#include <limits.h>

#include "check/report.h"
#include "find/directories.h"
#include "policy/decide.h"

/* What a policy is checked for. */
enum purpose {
	PURPOSE_UNKNOWN,   /* nobody has said */
	PURPOSE_LOAD,      /* ipe-load will load it, with all others */
	PURPOSE_INITRAMFS, /* the same in the initramfs, where the last one will be in force */
	PURPOSE_HAND_OVER, /* for the real root, where the last one takes over */
};

/* A policy that the kernel takes. */
struct set_member {
	enum purpose purpose;
	struct policy_version version;
	uint64_t text_hash; /* two of one version are the same if this is the same */
	struct decisions decisions;
	char name[NAME_MAX + 1];
	char file[DIRECTORIES_PATH_LONGEST];
};

/* How many policies are compared with each other.  A machine has two or three. */
#define SET_LONGEST 64

/* All that were checked, in the order in which they are loaded.  It is large: to be static. */
struct policy_set {
	size_t count;
	struct set_member members[SET_LONGEST];
};

/* Adds a policy; the caller fills it.  Null when there are too many. */
struct set_member *set_add(struct policy_set *set);

/* Says what is wrong with each of them because of the others, and what could be wrong with any
 * single one, if it were not for the others. */
void set_check(struct findings *findings, const struct policy_set *set);

#endif
