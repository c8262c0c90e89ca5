/*
 * policy_text_dump.c - shows what the policy reader sees in a text
 *
 * Usage: policy_text_dump <TEXT        a line for each event:
 *
 *   LINE header NAME VERSION
 *   LINE rule OPERATION ACTION PROPERTIES [COLUMN ALGORITHM:HEX]...
 *   LINE default OPERATION ACTION
 *   LINE:COLUMN fault FAULT ERRNO [WORD]
 *
 *        policy_text_dump -c <TEXT       only counts events, in a function read_text, for callgrind
 *        policy_text_dump -v VERSION     reads a version: "A.B.C", or the fault
 *        policy_text_dump -V A B         compares two versions: "<", "=" or ">"
 *        policy_text_dump -l             lists the names of all faults
 *
 * What is not printable in a word is shown as \xNN.
 *
 * SPDX-License-Identifier: MIT
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "policy/text.h"

static const char *const fault_name[TEXT_FAULTS] = {
	[TEXT_OK] = "OK",
	[TEXT_NO_HEADER] = "NO_HEADER",
	[TEXT_HEADER_NAME] = "HEADER_NAME",
	[TEXT_HEADER_VERSION] = "HEADER_VERSION",
	[TEXT_HEADER_EXTRA] = "HEADER_EXTRA",
	[TEXT_VERSION_NUMBER] = "VERSION_NUMBER",
	[TEXT_VERSION_RANGE] = "VERSION_RANGE",
	[TEXT_VERSION_COUNT] = "VERSION_COUNT",
	[TEXT_OPERATION_MISSING] = "OPERATION_MISSING",
	[TEXT_OPERATION_UNKNOWN] = "OPERATION_UNKNOWN",
	[TEXT_PROPERTY_UNKNOWN] = "PROPERTY_UNKNOWN",
	[TEXT_PROPERTY_VALUE] = "PROPERTY_VALUE",
	[TEXT_DIGEST_FORM] = "DIGEST_FORM",
	[TEXT_DIGEST_HEX] = "DIGEST_HEX",
	[TEXT_ACTION_MISSING] = "ACTION_MISSING",
	[TEXT_ACTION_UNKNOWN] = "ACTION_UNKNOWN",
	[TEXT_DEFAULT_PROPERTY] = "DEFAULT_PROPERTY",
	[TEXT_DEFAULT_TWICE] = "DEFAULT_TWICE",
	[TEXT_DEFAULT_MISSING] = "DEFAULT_MISSING",
};

static const char *errno_name(int error)
{
	return error == EBADMSG  ? "EBADMSG"
	       : error == EINVAL ? "EINVAL"
	       : error == ERANGE ? "ERANGE"
	       : error == 0      ? "0"
				 : "?";
}

static void show(struct bytes word)
{
	int byte;

	while ((byte = bytes_get(&word)) >= 0)
		printf(byte < 0x20 || byte > 0x7e || byte == '\\' ? "\\x%02x" : "%c", byte);
}

static void show_version(struct policy_version version)
{
	printf("%u.%u.%u", version.major, version.minor, version.revision);
}

static const char *op_name(enum policy_op op)
{
	return op == OP_NONE ? "-" : policy_op_names[op];
}

static const char *action_name(enum policy_action action)
{
	return action < ACTION_COUNT ? policy_action_names[action] : "?";
}

/* The properties that a rule asks for, as a set: two bits for a boolean one, FALSE first, then one
 * each. */
static unsigned properties(const struct policy_rule *rule)
{
	unsigned set = 0;

	for (int property = 0; property < PROP_BOOLEANS; property++)
		set |= (rule->asks[property][false] | rule->asks[property][true] << 1)
		       << 2 * property;
	return set | rule->asks[PROP_DMVERITY_ROOTHASH][true] << 6 |
	       rule->asks[PROP_FSVERITY_DIGEST][true] << 7;
}

static void dump(struct bytes text)
{
	struct policy_reader reader;
	const struct policy_rule *rule = &reader.rule;
	enum policy_event event;

	policy_start(&reader, text);
	while ((event = policy_next(&reader)) != EVENT_END) {
		printf("%u", reader.line);
		switch (event) {
		case EVENT_HEADER:
			printf(" header ");
			show(reader.name);
			printf(" ");
			show_version(reader.version);
			break;
		case EVENT_RULE:
			printf(" rule %s %s 0x%x", op_name(rule->op), action_name(rule->action),
				properties(rule));
			for (unsigned i = 0; i < rule->digests; i++) {
				printf(" %u ", rule->digest[i].column);
				show(rule->digest[i].algorithm);
				printf(":");
				show(rule->digest[i].hex);
			}
			break;
		case EVENT_DEFAULT:
			printf(" default %s %s", op_name(rule->op), action_name(rule->action));
			break;
		default:
			printf(":%u fault %s %s", reader.column, fault_name[reader.fault],
				errno_name(policy_fault_errno(reader.fault)));
			if (reader.word.left)
				printf(" ");
			show(reader.word);
		}
		printf("\n");
	}
}

/* A function of its own, so that callgrind can count it alone. */
__attribute__((noinline)) unsigned long read_text(struct bytes text)
{
	struct policy_reader reader;
	unsigned long events = 0;

	policy_start(&reader, text);
	while (policy_next(&reader) != EVENT_END)
		events++;
	return events;
}

int main(int argc, char **argv)
{
	static unsigned char buffer[1 << 17];
	struct bytes text = {buffer, 0};
	struct policy_version version;
	enum policy_fault fault;

	if (argc == 2 && !strcmp(argv[1], "-l")) {
		for (size_t i = 0; i < TEXT_FAULTS; i++)
			puts(fault_name[i]);
		return 0;
	}
	if (argc == 3 && !strcmp(argv[1], "-v")) {
		fault = policy_version_read(bytes_of(argv[2]), &version);
		if (fault)
			printf("%s", fault_name[fault]);
		else
			show_version(version);
		printf("\n");
		return 0;
	}
	if (argc == 4 && !strcmp(argv[1], "-V")) {
		struct policy_version other;
		int order;

		if (policy_version_read(bytes_of(argv[2]), &version) ||
			policy_version_read(bytes_of(argv[3]), &other))
			return 1;
		order = policy_version_compare(version, other);
		puts(order < 0 ? "<" : order > 0 ? ">" : "=");
		return 0;
	}
	text.left = fread(buffer, 1, sizeof(buffer), stdin);
	if (argc == 2 && !strcmp(argv[1], "-c"))
		printf("%lu\n", read_text(text));
	else if (argc == 1)
		dump(text);
	else
		return 2;
	return 0;
}
