/*
 * kinds.h - how many denials there were of each kind
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STATUS_KINDS_H
#define STATUS_KINDS_H

#include "status/record.h"

/* So many kinds are told apart, as long as their texts have no more bytes together. */
#define KINDS_MOST 1024
#define KINDS_TEXT (1024L * 1024)

/* Denials of a kind have all of this in common, up to the rule.  Where there was no file, also the
 * hook and the program: a program that is started is denied by several hooks, and has its starter's
 * name at the first and its own at the others. */
struct kind {
	enum record_verdict verdict;
	struct bytes operation;
	struct bytes path;
	struct bytes device;
	struct bytes rule;
	struct bytes hook;    /* of the first denial */
	struct bytes program; /* likewise */
	bool other_programs;  /* others were denied it, too */
	uint64_t inode;       /* of the last denial */
	unsigned count;       /* at least 1 */

	unsigned logged, by_netlink; /* how many records there were of both ways */
	uint64_t hash;
};

struct kinds {
	struct kind kind[KINDS_MOST]; /* in the order of their first records */
	unsigned have;
	unsigned more; /* how many records were of further kinds, and are not counted otherwise */

	unsigned char text[KINDS_TEXT];
	size_t text_length;
};

/*
 * Counts a record of the type RECORD_ACCESS, unless the access was allowed.  Its bytes are copied.
 *
 * A record that the journal has twice (see by_netlink) counts once: the larger of both numbers is
 * the kind's count.
 */
void kinds_count(struct kinds *kinds, const struct record *record);

/* Takes out the kind with the highest count, of several the first: null when none is left. */
const struct kind *kinds_take_most_frequent(struct kinds *kinds);

#endif
