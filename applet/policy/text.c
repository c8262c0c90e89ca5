/*
 * text.c - the text of an IPE policy, read as the kernel reads it
 *
 * Each function names the one of the kernel's whose checks it makes, in the same order: with
 * several faults in a line, the errno tells which the kernel met first.  What a function takes is
 * in reader->word, and so is what is wrong when it returns a fault.
 *
 * SPDX-License-Identifier: MIT
 */
#include "policy/text.h"

#include <errno.h>
#include <string.h>

const char *const policy_op_names[OP_COUNT] = {
	[OP_EXECUTE] = "EXECUTE",
	[OP_FIRMWARE] = "FIRMWARE",
	[OP_KMODULE] = "KMODULE",
	[OP_KEXEC_IMAGE] = "KEXEC_IMAGE",
	[OP_KEXEC_INITRAMFS] = "KEXEC_INITRAMFS",
	[OP_POLICY] = "POLICY",
	[OP_X509_CERT] = "X509_CERT",
};

const char *const policy_action_names[ACTION_COUNT] = {
	[ACTION_ALLOW] = "ALLOW",
	[ACTION_DENY] = "DENY",
};

const char *const policy_property_names[PROP_COUNT] = {
	[PROP_BOOT_VERIFIED] = "boot_verified=",
	[PROP_DMVERITY_SIGNATURE] = "dmverity_signature=",
	[PROP_FSVERITY_SIGNATURE] = "fsverity_signature=",
	[PROP_DMVERITY_ROOTHASH] = "dmverity_roothash=",
	[PROP_FSVERITY_DIGEST] = "fsverity_digest=",
};

const char *const policy_boolean_names[2] = {[false] = "FALSE", [true] = "TRUE"};

/* ---- lines and words ---- */

/* isspace() of the kernel (lib/ctype.c), which knows the no-break space of Latin-1 as well */
static bool is_space(int byte)
{
	return byte == ' ' || (byte >= '\t' && byte <= '\r') || byte == 0xa0;
}

/* Takes the next line of the text: strsep(), remove_comment(), remove_trailing_spaces(). */
static void take_line(struct policy_reader *reader)
{
	bool comment = false;
	size_t length = 0;
	int byte;

	reader->lines++;
	reader->more = (struct bytes){reader->unread.at, 0};
	while ((byte = bytes_get(&reader->unread)) >= 0 && byte != '\n') {
		if (byte == '\r') {
			bytes_skip(&reader->unread, "\n");
			break;
		}
		if (!byte) { /* the kernel's copy is a string: this ends it */
			reader->unread.left = 0;
			break;
		}
		length++;
		if (byte == '#')
			comment = true;
		if (!comment && !is_space(byte))
			reader->more.left = length;
	}
}

/* Takes the next word of the line.  Empty, and standing at the line's end, when there is none. */
static void take_word(struct policy_reader *reader)
{
	while (bytes_until(&reader->more, &reader->word, " \t") && !reader->word.left)
		;
}

/* Where the word stands in the line. */
static unsigned column_of_word(const struct policy_reader *reader)
{
	return (unsigned)(reader->word.at - reader->text.at) + 1;
}

/* ---- the header ---- */

/* kstrtou16() in base 10 (lib/kstrtox.c): too much for 64 bits is found before what is no digit,
 * too much for 16 bits after it. */
static enum policy_fault read_number(struct bytes digits, uint16_t *number)
{
	uint64_t value = 0, digit;
	bool overflow = false;
	int byte;

	bytes_skip(&digits, "+");
	if (!digits.left)
		return TEXT_VERSION_NUMBER;
	while ((byte = bytes_get(&digits)) >= 0) {
		if (byte < '0' || byte > '9')
			return overflow ? TEXT_VERSION_RANGE : TEXT_VERSION_NUMBER;
		digit = (uint64_t)(byte - '0');
		if (value > (UINT64_MAX - digit) / 10)
			overflow = true;
		value = value * 10 + digit;
	}
	if (overflow || value > UINT16_MAX)
		return TEXT_VERSION_RANGE;
	*number = (uint16_t)value;
	return TEXT_OK;
}

/* parse_version(): the word becomes what is wrong with it. */
static enum policy_fault read_version(struct bytes *word, struct policy_version *version)
{
	uint16_t *const numbers[] = {&version->major, &version->minor, &version->revision};
	struct bytes rest = *word;
	enum policy_fault fault;
	bool more = true;
	int count;

	*version = (struct policy_version){0};
	for (count = 0; more && count < 3; count++) {
		more = bytes_until(&rest, word, ".");
		fault = read_number(*word, numbers[count]);
		if (fault)
			return fault;
	}
	*word = rest;
	return more || count < 3 ? TEXT_VERSION_COUNT : TEXT_OK;
}

enum policy_fault policy_version_read(struct bytes text, struct policy_version *version)
{
	return read_version(&text, version);
}

int policy_version_compare(struct policy_version a, struct policy_version b)
{
	if (a.major != b.major)
		return a.major - b.major;
	if (a.minor != b.minor)
		return a.minor - b.minor;
	return a.revision - b.revision;
}

/* Takes NAME=VALUE and leaves VALUE; false when it is another word or has no value. */
static bool take_item(struct policy_reader *reader, const char *name)
{
	take_word(reader);
	return bytes_skip(&reader->word, name) && reader->word.left;
}

/* parse_header() */
static enum policy_fault read_header(struct policy_reader *reader)
{
	enum policy_fault fault;

	if (!take_item(reader, "policy_name="))
		return TEXT_HEADER_NAME;
	reader->name = reader->word;
	if (!take_item(reader, "policy_version="))
		return TEXT_HEADER_VERSION;
	fault = read_version(&reader->word, &reader->version);
	if (fault)
		return fault;
	take_word(reader);
	return reader->word.left ? TEXT_HEADER_EXTRA : TEXT_OK;
}

/* ---- rules and defaults ---- */

static bool is_hexadecimal(int byte)
{
	return (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'f') ||
	       (byte >= 'A' && byte <= 'F');
}

/* ipe_digest_parse(), of what stands behind the property's name */
static enum policy_fault read_digest(struct bytes *word, struct policy_digest *digest)
{
	struct bytes rest, byte;

	digest->hex = *word;
	if (!bytes_until(&digest->hex, &digest->algorithm, ":"))
		return TEXT_DIGEST_FORM;
	for (rest = digest->hex; bytes_take(&rest, 1, &byte);)
		if (!is_hexadecimal(*byte.at)) {
			*word = byte;
			return TEXT_DIGEST_HEX;
		}
	*word = rest;
	/* hex2bin() is asked for one byte more then, and meets the end */
	return digest->hex.left % 2 ? TEXT_DIGEST_HEX : TEXT_OK;
}

/* parse_property() */
static enum policy_fault read_property(struct policy_reader *reader)
{
	struct policy_digest digest = {.column = column_of_word(reader)};
	struct policy_rule *rule = &reader->rule;
	enum policy_fault fault;
	unsigned property, value;

	property = bytes_skip_word(&reader->word, policy_property_names, PROP_COUNT);
	if (property == PROP_COUNT)
		return TEXT_PROPERTY_UNKNOWN;
	if (property < PROP_BOOLEANS) {
		value = bytes_which(reader->word, policy_boolean_names, 2);
		if (value == 2)
			return TEXT_PROPERTY_VALUE;
		rule->asks[property][value] = true;
		return TEXT_OK;
	}
	digest.property = (enum policy_property)property;
	fault = read_digest(&reader->word, &digest);
	if (fault)
		return fault;
	rule->asks[property][true] = true;
	if (rule->digests < POLICY_DIGESTS)
		rule->digest[rule->digests++] = digest;
	return TEXT_OK;
}

/* A word before the last: op= first, then properties. */
static enum policy_fault read_condition(struct policy_reader *reader)
{
	struct policy_rule *rule = &reader->rule;

	if (rule->op != OP_NONE)
		return read_property(reader);
	if (!bytes_skip(&reader->word, "op="))
		return TEXT_OPERATION_MISSING;
	rule->op = bytes_which(reader->word, policy_op_names, OP_COUNT);
	return rule->op == OP_COUNT ? TEXT_OPERATION_UNKNOWN : TEXT_OK;
}

/* The last word. */
static enum policy_fault read_action(struct policy_reader *reader)
{
	struct bytes whole = reader->word;

	if (!bytes_skip(&reader->word, "action=")) {
		/* nothing is wrong with a word that belongs in the line, but not at its end */
		reader->word = read_condition(reader) ? whole : reader->more;
		return TEXT_ACTION_MISSING;
	}
	reader->rule.action = bytes_which(reader->word, policy_action_names, ACTION_COUNT);
	return reader->rule.action == ACTION_COUNT ? TEXT_ACTION_UNKNOWN : TEXT_OK;
}

/* Makes the line's word of that number, from 1 on, the wrong one. */
static void blame_word(struct policy_reader *reader, int number)
{
	reader->more = reader->text;
	for (int i = 0; i < number; i++)
		take_word(reader);
}

/* parse_rule(), what a rule and a default have in common */
static enum policy_fault read_words(struct policy_reader *reader)
{
	enum policy_fault fault;

	memset(&reader->rule, 0, sizeof(reader->rule));
	reader->rule.op = OP_NONE;
	take_word(reader);
	/* blanks at the line's end are gone: nothing is left behind the last word */
	while (reader->more.left) {
		fault = read_condition(reader);
		if (fault)
			return fault;
		take_word(reader);
	}
	return read_action(reader);
}

/* parse_rule(), of a line without DEFAULT */
static enum policy_fault read_rule(struct policy_reader *reader)
{
	enum policy_fault fault = read_words(reader);

	if (fault)
		return fault;
	if (reader->rule.op == OP_NONE) {
		blame_word(reader, 1); /* nothing but action= */
		return TEXT_OPERATION_MISSING;
	}
	reader->rules++;
	return TEXT_OK;
}

static bool has_property(const struct policy_rule *rule)
{
	for (int property = 0; property < PROP_COUNT; property++)
		if (rule->asks[property][false] || rule->asks[property][true])
			return true;
	return false;
}

/* parse_rule(), behind DEFAULT */
static enum policy_fault read_default(struct policy_reader *reader)
{
	enum policy_fault fault = read_words(reader);
	const struct policy_rule *rule = &reader->rule;

	if (fault)
		return fault;
	if (has_property(rule)) {
		blame_word(reader, 3); /* behind DEFAULT and op= */
		return TEXT_DEFAULT_PROPERTY;
	}
	if (reader->defaults[rule->op] != ACTION_NONE) {
		blame_word(reader, 1);
		return TEXT_DEFAULT_TWICE;
	}
	reader->defaults[rule->op] = rule->action;
	return TEXT_OK;
}

/* ---- the whole text ---- */

void policy_start(struct policy_reader *reader, struct bytes text)
{
	memset(reader, 0, sizeof(*reader));
	for (int op = 0; op <= OP_NONE; op++)
		reader->defaults[op] = ACTION_NONE;
	reader->unread = text;
	reader->line = 1;
}

/* validate_policy(), and whether there was a line at all */
static enum policy_fault check_whole(const struct policy_reader *reader)
{
	if (!reader->header)
		return TEXT_NO_HEADER;
	if (reader->bad_default || reader->defaults[OP_NONE] != ACTION_NONE)
		return TEXT_OK;
	for (int op = 0; op < OP_COUNT; op++)
		if (reader->defaults[op] == ACTION_NONE)
			return TEXT_DEFAULT_MISSING;
	return TEXT_OK;
}

/* At the end of the text: what is wrong with the whole is told once. */
static enum policy_event read_end(struct policy_reader *reader)
{
	reader->fault = reader->ended ? TEXT_OK : check_whole(reader);
	reader->ended = true;
	reader->word.left = 0;
	reader->column = (unsigned)reader->text.left + 1;
	return reader->fault ? EVENT_FAULT : EVENT_END;
}

/* ipe_parse_policy(), a line at a time */
enum policy_event policy_next(struct policy_reader *reader)
{
	enum policy_event event;
	bool is_default;

	do {
		if (!reader->unread.left)
			return read_end(reader);
		take_line(reader);
	} while (!reader->more.left);

	reader->line = reader->lines;
	reader->text = reader->more;
	take_word(reader);
	is_default = bytes_are(reader->word, "DEFAULT");
	if (!reader->header) {
		reader->header = true;
		reader->more = reader->text;
		event = EVENT_HEADER;
		reader->fault = read_header(reader);
	} else if (is_default) {
		event = EVENT_DEFAULT;
		reader->fault = read_default(reader);
	} else {
		reader->more = reader->text;
		event = EVENT_RULE;
		reader->fault = read_rule(reader);
	}
	if (!reader->fault)
		return event;
	reader->column = column_of_word(reader);
	reader->bad_default |= is_default;
	return EVENT_FAULT;
}

int policy_fault_errno(enum policy_fault fault)
{
	switch (fault) {
	case TEXT_OK:
		return 0;
	case TEXT_VERSION_NUMBER:
	case TEXT_DIGEST_HEX:
		return EINVAL;
	case TEXT_VERSION_RANGE:
		return ERANGE;
	default:
		return EBADMSG;
	}
}
