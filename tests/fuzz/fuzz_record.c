/*
 * fuzz_record.c - the reader of audit records, and the count of their kinds, on any lines
 *
 * Beside what the sanitizers see: what the reader hands out lies within the line or is decoded from
 * it, reading a line again gives the same, and no denial is lost from the count.
 *
 * libFuzzer: -max_len=320
 *
 * SPDX-License-Identifier: MIT
 */
#include <stdlib.h>

#include "status/kinds.h"
#include "status/record.h"

static struct record record, again;
static struct kinds kinds;

static void must(bool holds)
{
	if (!holds)
		abort();
}

static bool is_inside(struct bytes part, struct bytes whole)
{
	return part.at >= whole.at && part.at + part.left <= whole.at + whole.left;
}

static void check_part(struct bytes part, struct bytes line)
{
	struct bytes decoded = {record.decoded, record.decoded_length};

	if (part.left)
		must(is_inside(part, line) || is_inside(part, decoded));
}

static void check_record(struct bytes line)
{
	must(record.type <= RECORD_OVERFLOW && record.verdict <= RECORD_CUT);
	/* Hexadecimal gets shorter, and \x5c too. */
	must(record.decoded_length <= line.left);
	check_part(record.operation, line);
	check_part(record.hook, line);
	check_part(record.program, line);
	check_part(record.path, line);
	check_part(record.device, line);
	check_part(record.rule, line);
	check_part(record.name, line);
	check_part(record.version, line);
	check_part(record.old_name, line);
	check_part(record.old_version, line);
	must(record.error < 4096);
}

/* The record does not depend on what was read before. */
static void check_again(struct bytes line)
{
	record_read(line, &again);
	must(again.type == record.type && again.verdict == record.verdict);
	must(again.inode == record.inode && again.error == record.error);
	must(bytes_equal(again.path, record.path) && bytes_equal(again.program, record.program));
	must(bytes_equal(again.rule, record.rule) && bytes_equal(again.device, record.device));
}

/* Are there as many denials in the kinds as were counted, the most frequent first? */
static void check_kinds(unsigned logged, unsigned by_netlink)
{
	const struct kind *kind;
	unsigned before = ~0U, have = 0, all_logged = 0, all_by_netlink = 0;

	while ((kind = kinds_take_most_frequent(&kinds))) {
		must(kind->count && kind->count <= before);
		must(kind->count == kind->logged || kind->count == kind->by_netlink);
		must(kind->verdict != RECORD_ALLOWED);
		before = kind->count;
		all_logged += kind->logged;
		all_by_netlink += kind->by_netlink;
		have++;
	}
	must(have == kinds.have && have <= KINDS_MOST && kinds.text_length <= KINDS_TEXT);
	must(all_logged + all_by_netlink + kinds.more == logged + by_netlink);
	must(kinds.more || all_logged == logged);
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	struct bytes rest = {data, size}, line;
	unsigned logged = 0, by_netlink = 0;
	bool more;

	kinds.have = kinds.more = 0;
	kinds.text_length = 0;
	do {
		more = bytes_until(&rest, &line, "\n");
		record_read(line, &record);
		check_record(line);
		/* It costs as much as all the rest: short lines are enough to see that. */
		if (line.left < 100)
			check_again(line);
		if (record.type != RECORD_ACCESS)
			continue;
		kinds_count(&kinds, &record);
		if (record.verdict == RECORD_ALLOWED)
			continue;
		if (record.by_netlink)
			by_netlink++;
		else
			logged++;
	} while (more);
	check_kinds(logged, by_netlink);
	return 0;
}
