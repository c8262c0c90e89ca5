/*
 * set.c - what concerns policies beside each other
 *
 * SPDX-License-Identifier: MIT
 */
#include "check/set.h"

#include <string.h>

struct set_member *set_add(struct policy_set *set)
{
	if (set->count == SET_LONGEST)
		return NULL;
	set->count++;
	return &set->members[set->count - 1];
}

/* ---- one among the others ---- */

/* As policy_version_compare(). */
static int compare_versions(const struct set_member *a, const struct set_member *b)
{
	return policy_version_compare(a->version, b->version);
}

/* What the others are to one of the policies.  The first three are of those beside it, which are
 * loaded into the same kernel at the same stage of the boot: those for the hand-over are loaded
 * later than the others, alone. */
struct others {
	const struct set_member *target;   /* the one to be active in the end, maybe itself */
	const struct set_member *namesake; /* the last one before it that has its name */
	const struct set_member *above;    /* the last one with another name and a higher version */
	bool hands_over; /* one of a higher version ends the trust in files of the initramfs */
	bool comes_after_initramfs; /* one of a lower version lets programs of the initramfs run:
				       then this one is for the real root */
};

static bool is_for_hand_over(const struct set_member *member)
{
	return member->purpose == PURPOSE_HAND_OVER;
}

/* The one that ipe-load makes active: of the last one's name, the newest.  Null when there is none.
 */
static const struct set_member *find_target(const struct policy_set *set, bool for_hand_over)
{
	const struct set_member *member, *target, *last = NULL;

	for (size_t i = 0; i < set->count; i++)
		if (is_for_hand_over(&set->members[i]) == for_hand_over)
			last = &set->members[i];
	if (!last)
		return NULL;
	target = last;
	for (member = set->members; member < last; member++)
		if (is_for_hand_over(member) == for_hand_over &&
			!strcmp(member->name, last->name) && compare_versions(member, target) > 0)
			target = member;
	return target;
}

static void look_at_others(
	struct others *others, const struct policy_set *set, const struct set_member *member)
{
	*others = (struct others){.target = find_target(set, is_for_hand_over(member))};
	for (size_t i = 0; i < set->count; i++) {
		const struct set_member *other = &set->members[i];
		const bool same_name = !strcmp(other->name, member->name);
		const int version = compare_versions(other, member);

		if (version > 0 && !other->decisions.favoured_line)
			others->hands_over = true;
		if (version < 0 &&
			other->decisions.op[OP_EXECUTE].file[FILE_INITRAMFS].action == ACTION_ALLOW)
			others->comes_after_initramfs = true;
		if (is_for_hand_over(other) != is_for_hand_over(member))
			continue;
		if (other < member && same_name)
			others->namesake = other;
		if (version > 0 && !same_name)
			others->above = other;
	}
}

/* ---- findings ---- */

static void check_namesake(
	struct findings *findings, const struct set_member *member, const struct others *others)
{
	const struct set_member *namesake = others->namesake;
	struct location whole = {.file = member->file};
	/* ipe-load stops at the second one.  The hand-over looks only at those that have the name
	 * of the last one. */
	bool stops = is_for_hand_over(member) ? !strcmp(member->name, others->target->name)
					      : member->purpose != PURPOSE_UNKNOWN;

	if (compare_versions(namesake, member) != 0 || namesake->text_hash == member->text_hash)
		report(findings, WARNING, &whole,
			"has the same policy_name as %s: the kernel keeps only the newer",
			namesake->file);
	else
		report(findings, stops ? ERROR : WARNING, &whole,
			"has the same policy_name and policy_version as %s, and another text",
			namesake->file);
}

/* The one that takes over in the real root. */
static void check_hand_over(
	struct findings *findings, const struct set_member *member, const struct set_member *active)
{
	struct location whole = {.file = member->file};
	struct location favoured = {.file = member->file, .line = member->decisions.favoured_line};
	int version;

	if (favoured.line)
		report(findings, ERROR, &favoured,
			"the hand-over refuses this: it favours files of the initramfs (do without "
			"boot_verified)");
	if (!active)
		return;
	version = compare_versions(member, active);
	/* The active one itself may stay. */
	if (version < 0 || (version == 0 && member->text_hash != active->text_hash))
		report(findings, ERROR, &whole,
			"the hand-over needs a higher version than that of %s", active->file);
}

/* Says so if the operation is denied to files of the initramfs. */
static void check_denied(struct findings *findings, enum severity severity,
	const struct set_member *member, enum policy_op op, const char *words)
{
	const struct decision *decision = &member->decisions.op[op].file[FILE_INITRAMFS];
	struct location location = {.file = member->file, .line = decision->line};

	if (decision->action == ACTION_DENY)
		report(findings, severity, &location, "%s", words);
}

/* What does not work in the initramfs while this policy is active.  If nothing runs, that has this
 * severity. */
static void check_initramfs(
	struct findings *findings, enum severity severity, const struct set_member *member)
{
	check_denied(findings, severity, member, OP_EXECUTE,
		"EXECUTE is denied to files of the initramfs: nothing can run there");
	check_denied(findings, WARNING, member, OP_FIRMWARE,
		"FIRMWARE is denied to files of the initramfs: drivers there get none");
	check_denied(findings, WARNING, member, OP_KMODULE,
		"KMODULE is denied to files of the initramfs: modules there do not load");
}

void set_check(struct findings *findings, const struct policy_set *set)
{
	bool favoured_said = false;

	for (size_t i = 0; i < set->count; i++) {
		const struct set_member *member = &set->members[i];
		struct location location = {.file = member->file};
		struct others others;

		look_at_others(&others, set, member);
		if (others.namesake)
			check_namesake(findings, member, &others);
		if (is_for_hand_over(member)) {
			if (others.target == member)
				check_hand_over(findings, member, find_target(set, false));
			continue;
		}
		if (others.target == member && others.above)
			report(findings, WARNING, &location,
				"cannot take the place of %s, which has a higher version",
				others.above->file);
		location.line = member->decisions.favoured_line;
		if (location.line && !others.hands_over && !favoured_said) {
			report(findings, WARNING, &location,
				"files of the initramfs stay trusted after switch-root: hand over "
				"to a newer policy without boot_verified");
			favoured_said = true;
		}
		if (others.target == member && member->purpose == PURPOSE_INITRAMFS)
			check_initramfs(findings, ERROR, member); /* it will be in force */
		else if (!others.comes_after_initramfs)
			check_initramfs(findings, WARNING, member);
	}
}
