/*
 * kinds.c - how many denials there were of each kind
 *
 * SPDX-License-Identifier: MIT
 */
#include "status/kinds.h"

#include <string.h>

static struct kind kind_of(const struct record *record)
{
	struct kind kind = {
		.verdict = record->verdict,
		.operation = record->operation,
		.path = record->path,
		.device = record->device,
		.rule = record->rule,
		.hook = record->hook,
		.program = record->program,
	};

	return kind;
}

/* The hash of what denials of a kind have in common. */
static uint64_t hash_of(const struct kind *kind)
{
	uint64_t hash = bytes_hash(BYTES_HASH_START + kind->verdict, kind->operation);

	hash = bytes_hash(hash, kind->path);
	hash = bytes_hash(hash, kind->device);
	hash = bytes_hash(hash, kind->rule);
	if (kind->path.left)
		return hash;
	return bytes_hash(bytes_hash(hash, kind->hook), kind->program);
}

static bool same(const struct kind *a, const struct kind *b)
{
	if (a->hash != b->hash || a->verdict != b->verdict ||
		!bytes_equal(a->operation, b->operation) || !bytes_equal(a->path, b->path) ||
		!bytes_equal(a->device, b->device) || !bytes_equal(a->rule, b->rule))
		return false;
	return a->path.left ||
	       (bytes_equal(a->hook, b->hook) && bytes_equal(a->program, b->program));
}

/* Copies the bytes to where they stay.  The caller has seen that there is room. */
static void keep(struct kinds *kinds, struct bytes *bytes)
{
	unsigned char *to = kinds->text + kinds->text_length;

	if (bytes->left)
		memcpy(to, bytes->at, bytes->left);
	bytes->at = to;
	kinds->text_length += bytes->left;
}

/* Finds the kind, or begins with it.  Null when there is no room for it. */
static struct kind *find(struct kinds *kinds, const struct kind *wanted)
{
	size_t size = wanted->operation.left + wanted->hook.left + wanted->program.left +
		      wanted->path.left + wanted->device.left + wanted->rule.left;
	struct kind *kind = kinds->kind;

	for (; kind < kinds->kind + kinds->have; kind++)
		if (same(kind, wanted))
			return kind;
	if (kinds->have == KINDS_MOST || size > sizeof(kinds->text) - kinds->text_length)
		return NULL;
	*kind = *wanted;
	keep(kinds, &kind->operation);
	keep(kinds, &kind->hook);
	keep(kinds, &kind->program);
	keep(kinds, &kind->path);
	keep(kinds, &kind->device);
	keep(kinds, &kind->rule);
	kinds->have++;
	return kind;
}

void kinds_count(struct kinds *kinds, const struct record *record)
{
	struct kind wanted, *kind;

	if (record->verdict == RECORD_ALLOWED)
		return;
	wanted = kind_of(record);
	wanted.hash = hash_of(&wanted);
	kind = find(kinds, &wanted);
	if (!kind) {
		kinds->more++;
		return;
	}
	kind->inode = record->inode;
	if (!bytes_equal(kind->program, record->program))
		kind->other_programs = true;
	if (record->by_netlink)
		kind->by_netlink++;
	else
		kind->logged++;
	kind->count = kind->logged > kind->by_netlink ? kind->logged : kind->by_netlink;
}

const struct kind *kinds_take_most_frequent(struct kinds *kinds)
{
	static struct kind taken;
	struct kind *most = NULL, *kind;

	for (kind = kinds->kind; kind < kinds->kind + kinds->have; kind++)
		if (kind->count && (!most || kind->count > most->count))
			most = kind;
	if (!most)
		return NULL;
	taken = *most;
	most->count = 0;
	return &taken;
}
