/*
 * text.c - reading the text of an IPE policy as the kernel reads it
 *
 * Each function names the one of the kernel's whose checks it makes, in the same order: with
 * several faults in a line, the errno tells which the kernel met first.  What a function takes is
 * in reader->word, and so is what is wrong when it returns a fault.
 *
 * SPDX-License-Identifier: MIT
 */
#include <errno.h>

#include "policy/text.h"

const char *const policy_ops = "EXECUTE\0FIRMWARE\0KMODULE\0KEXEC_IMAGE\0KEXEC_INITRAMFS\0"
			       "POLICY\0X509_CERT\0";

/* In the order of enum policy_property: two bits for a boolean one, FALSE first, then one each. */
const char *const policy_properties =
	"boot_verified=\0dmverity_signature=\0fsverity_signature=\0dmverity_roothash=\0"
	"fsverity_digest=\0";
const char *const policy_booleans = "FALSE\0TRUE\0";

const char *const policy_actions = "ALLOW\0DENY\0";

/* Takes the next word of the line.  Empty, and standing at the line's end, when there is none. */
static void take_word(struct policy_reader *reader)
{
	while (bytes_until(&reader->more, &reader->word, ' ') && !reader->word.left)
		;
}

/* Takes what the word begins with, if it does. */
static bool skip(struct policy_reader *reader, const char *prefix)
{
	return bytes_skip(&reader->word, prefix);
}

/* Which of the words is it?  More than all: none. */
static unsigned choose(const struct policy_reader *reader, const char *list)
{
	struct bytes rest = reader->word;
	unsigned index = bytes_skip_word(&rest, list);

	return rest.left ? -1U : index;
}

/* Takes the next line: strsep(), remove_comment(), remove_trailing_spaces(). */
static void take_line(struct policy_reader *reader)
{
	bool comment = false;
	size_t length = 0;
	int byte;

	reader->lines++;
	reader->more = (struct bytes){reader->rest.at, 0};
	while ((byte = bytes_get(&reader->rest)) >= 0 && byte != '\n') {
		if (byte == '\r') {
			bytes_skip(&reader->rest, "\n");
			break;
		}
		if (!byte) { /* the kernel's copy is a string: this ends it */
			reader->rest.left = 0;
			break;
		}
		length++;
		if (byte == '#')
			comment = true;
		/* the kernel's isspace() knows the no-break space of Latin-1 as well */
		if (!comment && byte != ' ' && byte != 0xa0 && (unsigned)(byte - '\t') > 4)
			reader->more.left = length;
	}
}

/* parse_version(), with kstrtou16() in base 10 (lib/kstrtox.c) of each part: too much for 64 bits
 * is found before what is no digit, too much for 16 bits after it. */
static enum policy_fault read_version(struct bytes *word, struct policy_version *version)
{
	struct bytes rest = *word, digits;
	unsigned digit, count = 3;
	uint64_t value;
	bool overflow;
	bool more;

	version->number = 0;
	do {
		more = bytes_until(&rest, word, '.');
		digits = *word;
		bytes_skip(&digits, "+");
		if (!digits.left)
			return TEXT_VERSION_NUMBER;
		value = 0;
		overflow = false;
		do {
			digit = (unsigned)bytes_get(&digits) - '0';
			if (digit > 9)
				return overflow ? TEXT_VERSION_RANGE : TEXT_VERSION_NUMBER;
			overflow |= __builtin_mul_overflow(value, 10, &value);
			overflow |= __builtin_add_overflow(value, digit, &value);
		} while (digits.left);
		if (overflow || value > UINT16_MAX)
			return TEXT_VERSION_RANGE;
		version->number = version->number << 16 | value;
	} while (--count && more);
	*word = rest;
	return count || more ? TEXT_VERSION_COUNT : TEXT_OK;
}

enum policy_fault policy_version_read(struct bytes text, struct policy_version *version)
{
	return read_version(&text, version);
}

/* Takes NAME=VALUE and leaves VALUE; false when it is another word or has no value. */
static bool take_item(struct policy_reader *reader, const char *name)
{
	take_word(reader);
	return skip(reader, name) && reader->word.left;
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

/* Where the word stands in the line. */
static unsigned column_of(const struct policy_reader *reader)
{
	return (unsigned)(reader->word.at - reader->text.at) + 1;
}

/* parse_property(), ipe_digest_parse() */
static enum policy_fault read_property(struct policy_reader *reader)
{
	struct policy_digest *digest = &reader->digest[reader->digests];
	struct bytes *word = &reader->word;
	unsigned i, byte;

	digest->column = column_of(reader);
	i = bytes_skip_word(word, policy_properties);
	if (i == POLICY_PROPERTIES)
		return TEXT_PROPERTY_UNKNOWN;
	digest->property = 1 << (2 * i - i / 4);
	if (i < POLICY_BOOLEANS) {
		i = choose(reader, policy_booleans);
		if (i > 1)
			return TEXT_PROPERTY_VALUE;
		reader->properties |= digest->property << i;
		return TEXT_OK;
	}
	reader->properties |= digest->property;

	digest->hex = *word;
	if (!bytes_until(&digest->hex, &digest->algorithm, ':'))
		return TEXT_DIGEST_FORM;
	for (*word = digest->hex; word->left; bytes_get(word)) {
		byte = *word->at;
		if (byte - '0' > 9 && (byte | 32) - 'a' > 5) {
			word->left = 1;
			return TEXT_DIGEST_HEX;
		}
	}
	/* hex2bin() is asked for one byte more then, and meets the end */
	if (digest->hex.left % 2)
		return TEXT_DIGEST_HEX;
	if (reader->digests < POLICY_DIGESTS)
		reader->digests++;
	return TEXT_OK;
}

/* A word before the last: op= first, then properties. */
static enum policy_fault read_condition(struct policy_reader *reader)
{
	if (reader->op != OP_NONE)
		return read_property(reader);
	if (!skip(reader, "op="))
		return TEXT_OPERATION_MISSING;
	reader->op = choose(reader, policy_ops);
	return reader->op >= OP_COUNT ? TEXT_OPERATION_UNKNOWN : TEXT_OK;
}

/* parse_rule(), behind a DEFAULT if there is one */
static enum policy_fault read_rule(struct policy_reader *reader, bool is_default)
{
	enum policy_fault fault;
	struct bytes last;
	unsigned action;
	int words = 1;

	reader->op = OP_NONE;
	reader->properties = reader->digests = 0;

	/* blanks at the line's end are gone: nothing is left behind the last word */
	while (take_word(reader), reader->more.left) {
		fault = read_condition(reader);
		if (fault)
			return fault;
	}

	last = reader->word;
	if (!skip(reader, "action=")) {
		/* nothing is wrong with a word that belongs into the line, but not at its end */
		reader->word = read_condition(reader) ? last : reader->more;
		return TEXT_ACTION_MISSING;
	}
	action = choose(reader, policy_actions);
	if (action > 1)
		return TEXT_ACTION_UNKNOWN;
	reader->action = ACTION_ALLOW + action;

	if (!is_default) {
		reader->word = last;
		if (reader->op == OP_NONE)
			return TEXT_OPERATION_MISSING;
		reader->rules++;
		return TEXT_OK;
	}
	fault = TEXT_DEFAULT_TWICE;
	if (reader->properties) {
		fault = TEXT_DEFAULT_PROPERTY;
		words = 3; /* behind DEFAULT and op= */
	} else if (!reader->defaults[reader->op]) {
		reader->defaults[reader->op] = reader->action;
		return TEXT_OK;
	}
	reader->more = reader->text;
	do
		take_word(reader);
	while (--words);
	return fault;
}

/* validate_policy(), and whether there was a line at all */
static enum policy_fault read_end(const struct policy_reader *reader)
{
	if (!reader->header)
		return TEXT_NO_HEADER;
	if (reader->spoiled || reader->defaults[OP_NONE] ||
		!memchr(reader->defaults, ACTION_NONE, OP_COUNT))
		return TEXT_OK;
	return TEXT_DEFAULT_MISSING;
}

struct policy_reader *policy_start(struct policy_reader *reader, struct bytes text)
{
	memset(reader, 0, sizeof(*reader));
	reader->rest = text;
	reader->line = 1;
	return reader;
}

/* ipe_parse_policy(), a line at a time */
enum policy_event policy_next(struct policy_reader *reader)
{
	enum policy_event event = EVENT_HEADER;
	bool is_default;

	do {
		if (!reader->rest.left) {
			/* once only */
			reader->fault = reader->ended ? TEXT_OK : read_end(reader);
			reader->ended = true;
			reader->word.left = 0;
			reader->column = (unsigned)reader->text.left + 1;
			return reader->fault ? EVENT_FAULT : EVENT_END;
		}
		take_line(reader);
	} while (!reader->more.left);

	reader->line = reader->lines;
	reader->text = reader->more;
	take_word(reader);
	is_default = skip(reader, "DEFAULT") && !reader->word.left;
	if (!is_default || !reader->header)
		reader->more = reader->text;

	if (!reader->header) {
		reader->header = true;
		reader->fault = read_header(reader);
	} else {
		event = EVENT_RULE + is_default;
		reader->fault = read_rule(reader, is_default);
	}
	reader->column = column_of(reader);
	if (!reader->fault)
		return event;
	reader->spoiled |= is_default;
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
