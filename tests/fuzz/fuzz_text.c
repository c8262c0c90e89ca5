/*
 * fuzz_text.c - the policy reader on any bytes
 *
 * Beside what the sanitizers see: what the reader says of a text must be about that text, and the
 * reader must come to an end.
 *
 * libFuzzer: -max_len=512
 *
 * SPDX-License-Identifier: MIT
 */
#include <stdlib.h>

#include "policy/text.h"

static void must(bool holds)
{
	if (!holds)
		abort();
}

/* Is the part inside the whole?  An empty one may be anywhere. */
static void must_be_inside(struct bytes part, struct bytes whole)
{
	if (part.left)
		must(part.at >= whole.at && part.at + part.left <= whole.at + whole.left);
}

static void check_fault(const struct policy_reader *reader)
{
	must(reader->fault > TEXT_OK && reader->fault < TEXT_FAULTS);
	must(policy_fault_errno(reader->fault) > 0);
	must(reader->column >= 1 && reader->column <= reader->text.left + 1);
	must_be_inside(reader->word, reader->text);
	if (reader->word.left)
		must(reader->word.at == reader->text.at + reader->column - 1);
}

static void check_rule(const struct policy_reader *reader)
{
	const struct policy_rule *rule = &reader->rule;

	must(rule->op < OP_COUNT);
	must(rule->action == ACTION_ALLOW || rule->action == ACTION_DENY);
	must(rule->digests <= POLICY_DIGESTS);
	for (unsigned i = 0; i < rule->digests; i++) {
		const struct policy_digest *digest = &rule->digest[i];

		must(digest->property >= PROP_BOOLEANS && digest->property < PROP_COUNT);
		must(rule->asks[digest->property][true]);
		must(digest->hex.left % 2 == 0);
		must_be_inside(digest->hex, reader->text);
		must_be_inside(digest->algorithm, reader->text);
		must(digest->column >= 1 && digest->column <= reader->text.left);
	}
}

static void check_default(const struct policy_reader *reader)
{
	const struct policy_rule *rule = &reader->rule;

	must(rule->op <= OP_NONE && !rule->digests);
	for (int property = 0; property < PROP_COUNT; property++)
		must(!rule->asks[property][false] && !rule->asks[property][true]);
	must(reader->defaults[rule->op] == rule->action);
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	struct bytes text = {data, size};
	size_t line = 0, rules = 0, defaults = 0;
	struct policy_version version;
	struct policy_reader reader;
	enum policy_event event;
	bool header = false;

	policy_start(&reader, text);
	while ((event = policy_next(&reader)) != EVENT_END) {
		must_be_inside(reader.text, text);
		must(reader.line > line || reader.ended);
		line = reader.line;
		must(line <= size + 1);
		must((event == EVENT_FAULT) == (reader.fault != TEXT_OK));
		switch (event) {
		case EVENT_HEADER:
			must(!header && !rules && !defaults);
			must(reader.name.left);
			must_be_inside(reader.name, text);
			header = true;
			break;
		case EVENT_RULE:
			check_rule(&reader);
			rules++;
			break;
		case EVENT_DEFAULT:
			check_default(&reader);
			defaults++;
			break;
		default:
			check_fault(&reader);
		}
	}
	must(reader.ended && reader.rules == rules && defaults <= OP_COUNT + 1);
	must(policy_next(&reader) == EVENT_END);

	policy_version_read(text, &version);
	return 0;
}
