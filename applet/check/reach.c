/*
 * reach.c - rules that never decide anything
 *
 * A rule matches some kinds of file (enum file_kind); one with digests only those files of them
 * that have the digests.  So the rules before it that can decide in its place are those of the same
 * operation that ask for no digest, or for no other than it does.
 *
 * SPDX-License-Identifier: MIT
 */
#include "check/reach.h"

#include <string.h>

#include "policy/decide.h"

/* Hashes of the digests that a rule asks for, NO_DIGEST where it asks for none.  Digests with the
 * same hash are taken to be the same: if that is ever wrong, all that comes of it is a warning. */
struct digests {
	uint64_t roothash, fsverity_digest;
};
#define NO_DIGEST 0

struct seen_rule {
	uint64_t key;           /* operation and digests */
	bool kinds[FILE_COUNT]; /* that it matches, as far as their digests are those */
	bool decides;           /* some of these */
	unsigned line;          /* 0: this slot of the table is free */
};

/* A hash table of the rules so far, without those that repeat another.  The shortest rule is
 * "op=POLICY action=DENY" with its line feed: 22 bytes, so of the 65,535 bytes of a policy there
 * are at most 2,979. */
#define SLOTS 4096
static struct seen_rule rules[SLOTS];

void reach_start(void)
{
	memset(rules, 0, sizeof(rules));
}

/* ---- the rule ---- */

static uint64_t hash_digest(const struct policy_digest *digest)
{
	const char *property = policy_property_names[digest->property];
	uint64_t hash = bytes_hash(BYTES_HASH_START, bytes_of(property));

	hash = bytes_hash(hash, digest->algorithm);
	hash = bytes_hash(hash, bytes_of(":"));
	return bytes_hash_caseless(hash, digest->hex);
}

/* Sets the digests that the rule asks for.  False when it asks for two of which a file has only
 * one. */
static bool set_digests(struct digests *digests, const struct policy_rule *rule)
{
	*digests = (struct digests){NO_DIGEST, NO_DIGEST};
	for (unsigned i = 0; i < rule->digests; i++) {
		uint64_t hash = hash_digest(&rule->digest[i]);
		uint64_t *asked = rule->digest[i].property == PROP_FSVERITY_DIGEST
					  ? &digests->fsverity_digest
					  : &digests->roothash;

		if (*asked != NO_DIGEST && *asked != hash)
			return false;
		*asked = hash;
	}
	return true;
}

/* The hashes of the two kinds of digest differ: the property's name is in them. */
static uint64_t key_of(enum policy_op op, uint64_t roothash, uint64_t fsverity_digest)
{
	return op ^ roothash ^ fsverity_digest;
}

/* Sets the kinds of file that the rule matches.  False when there is none. */
static bool set_kinds(bool kinds[FILE_COUNT], const struct policy_rule *rule)
{
	bool any = false;

	for (enum file_kind kind = 0; kind < FILE_COUNT; kind++) {
		/* No file of the initramfs has a digest. */
		if (kind == FILE_INITRAMFS && rule->digests)
			continue;
		kinds[kind] = decide_matches(rule, kind);
		any = any || kinds[kind];
	}
	return any;
}

/* ---- the rules before it ---- */

/* The next rule with that key from *slot on, or null.  *slot moves behind it, and in the end to the
 * free slot for one more. */
static const struct seen_rule *next_rule(uint64_t key, size_t *slot)
{
	const struct seen_rule *rule;

	while (rules[*slot].line) {
		rule = &rules[*slot];
		*slot = (*slot + 1) % SLOTS;
		if (rule->key == key)
			return rule;
	}
	return NULL;
}

static bool same_kinds(const bool a[FILE_COUNT], const bool b[FILE_COUNT])
{
	return !memcmp(a, b, FILE_COUNT * sizeof(a[0]));
}

/* The rule before this one that has the same key and kinds, or null: then *slot is where this one
 * can be kept. */
static const struct seen_rule *find_same(const struct seen_rule *rule, size_t *slot)
{
	const struct seen_rule *before;

	*slot = rule->key % SLOTS;
	do
		before = next_rule(rule->key, slot);
	while (before && !same_kinds(before->kinds, rule->kinds));
	return before;
}

/* What rules have decided of the files that a later one matches. */
struct decided {
	bool kinds[FILE_COUNT];
	unsigned line; /* of the last of these rules */
};

static void note_decided(
	struct decided *decided, const struct seen_rule *by, const struct seen_rule *later)
{
	for (int kind = 0; kind < FILE_COUNT; kind++) {
		if (!by->kinds[kind] || !later->kinds[kind])
			continue;
		decided->kinds[kind] = true;
		if (by->decides && by->line > decided->line)
			decided->line = by->line;
	}
}

/* Notes what the rules before this one with that key have decided. */
static void look_back(struct decided *decided, const struct seen_rule *rule, uint64_t key)
{
	const struct seen_rule *before;
	size_t slot = key % SLOTS;

	while ((before = next_rule(key, &slot)))
		note_decided(decided, before, rule);
}

/* Notes what the rules before this one have decided that ask for no other digests. */
static void look_back_all(struct decided *decided, const struct seen_rule *rule, enum policy_op op,
	const struct digests *digests)
{
	look_back(decided, rule, key_of(op, NO_DIGEST, NO_DIGEST));
	look_back(decided, rule, key_of(op, digests->roothash, NO_DIGEST));
	look_back(decided, rule, key_of(op, NO_DIGEST, digests->fsverity_digest));
	look_back(decided, rule, key_of(op, digests->roothash, digests->fsverity_digest));
}

void reach_check(
	struct findings *findings, const struct location *location, const struct policy_rule *rule)
{
	/* If there are more digests, it may match less than is known here. */
	const bool all_digests_known = rule->digests < POLICY_DIGESTS;
	struct seen_rule this = {.line = location->line};
	struct decided decided = {.line = 0};
	const struct seen_rule *same;
	struct digests digests;
	size_t slot;

	if (!set_digests(&digests, rule) || !set_kinds(this.kinds, rule)) {
		report(findings, WARNING, location,
			"this rule never matches: no file has all of its properties");
		return;
	}
	this.key = key_of(rule->op, digests.roothash, digests.fsverity_digest);
	same = find_same(&this, &slot);
	if (same && all_digests_known) {
		report(findings, WARNING, location, "this rule never matches: it repeats line %u",
			same->line);
		return;
	}
	look_back_all(&decided, &this, rule->op, &digests);
	this.decides = !same_kinds(decided.kinds, this.kinds);
	if (!this.decides)
		report(findings, WARNING, location,
			"this rule never matches: the rules up to line %u decide first",
			decided.line);
	if (all_digests_known)
		rules[slot] = this;
}
