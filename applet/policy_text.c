/*
 * policy_text.c - reading the text of an IPE policy as the kernel reads it
 *
 * Each function names the one of the kernel's whose checks it makes, in the same order: with
 * several faults in a line, the errno tells which the kernel met first.  What a function takes is
 * in reader->word, and so is what is wrong when it returns a fault.
 *
 * SPDX-License-Identifier: MIT
 */
#include <errno.h>

#include "policy_text.h"

const char *const policy_op_words[OP_COUNT] = {
	"EXECUTE", "FIRMWARE", "KMODULE", "KEXEC_IMAGE", "KEXEC_INITRAMFS", "POLICY", "X509_CERT"};

/* In the order of enum policy_property: two bits for a boolean one, FALSE first, then one each. */
const char *const policy_property_words[POLICY_PROPERTIES] = {"boot_verified=",
	"dmverity_signature=", "fsverity_signature=", "dmverity_roothash=", "fsverity_digest="};

static const char *const action_words[] = {"ALLOW", "DENY"};
static const char *const boolean_words[] = {"FALSE", "TRUE"};

/*
 * Takes what stands before the first byte that is a or b, and takes that byte too: strsep().
 * *end is that byte, or 0 when the bytes have ended; a line holds no NUL.
 */
static struct bytes take_until(
	struct bytes *from, unsigned char a, unsigned char b, unsigned char *end)
{
	struct bytes part = {from->at, 0};

	for (; bytes_get(from, end); part.left++)
		if (*end == a || *end == b)
			return part;
	*end = 0;
	return part;
}

/* Takes the next word of the line.  Empty, and standing at the line's end, when there is none. */
static void take_word(struct policy_reader *reader)
{
	unsigned char end;

	do
		reader->word = take_until(&reader->more, ' ', '\t', &end);
	while (!reader->word.left && end);
}

/* Takes what the word begins with, if it does. */
static bool skip(struct policy_reader *reader, const char *prefix)
{
	return bytes_skip(&reader->word, prefix);
}

/* Which of the words is it?  count: none. */
static unsigned choose(const struct policy_reader *reader, const char *const *words, unsigned count)
{
	unsigned i;

	for (i = 0; i < count; i++) {
		struct bytes rest = reader->word;

		if (bytes_skip(&rest, words[i]) && !rest.left)
			break;
	}
	return i;
}

/* Takes the next line: strsep(), remove_comment(), remove_trailing_spaces(). */
static void take_line(struct policy_reader *reader)
{
	bool comment = false;
	unsigned char byte;
	size_t length = 0;

	reader->lines++;
	reader->more = (struct bytes){reader->rest.at, 0};
	while (bytes_get(&reader->rest, &byte) && byte != '\n') {
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
		if (!comment && byte != ' ' && byte != 0xa0 && (unsigned char)(byte - '\t') > 4)
			reader->more.left = length;
	}
}

/* kstrtou16() in base 10 (lib/kstrtox.c): too much for 64 bits is found before what is no digit,
 * too much for 16 bits after it. */
static enum policy_fault read_number(struct bytes digits, uint64_t *value)
{
	bool overflow = false;
	unsigned char digit;

	*value = 0;
	bytes_skip(&digits, "+");
	if (!digits.left)
		return TEXT_VERSION_NUMBER;
	while (bytes_get(&digits, &digit)) {
		digit -= '0';
		if (digit > 9)
			return overflow ? TEXT_VERSION_RANGE : TEXT_VERSION_NUMBER;
		overflow |= __builtin_mul_overflow(*value, 10, value);
		overflow |= __builtin_add_overflow(*value, digit, value);
	}
	return overflow || *value > UINT16_MAX ? TEXT_VERSION_RANGE : TEXT_OK;
}

/* parse_version() */
static enum policy_fault read_version(struct bytes *word, struct policy_version *version)
{
	struct bytes rest = *word;
	uint64_t all = 0, value;
	enum policy_fault fault;
	unsigned char end;
	int count = 3;

	do {
		*word = take_until(&rest, '.', '.', &end);
		fault = read_number(*word, &value);
		if (fault)
			return fault;
		all = all << 16 | value;
	} while (--count && end);
	*word = rest;
	if (count || end)
		return TEXT_VERSION_COUNT;
	version->major = (uint16_t)(all >> 32);
	version->minor = (uint16_t)(all >> 16);
	version->revision = (uint16_t)all;
	return TEXT_OK;
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
static size_t column_of(const struct policy_reader *reader)
{
	return (size_t)(reader->word.at - reader->text.at) + 1;
}

/* parse_property(), ipe_digest_parse() */
static enum policy_fault read_property(struct policy_reader *reader)
{
	struct policy_digest *digest = &reader->digest[reader->digests];
	unsigned char end, byte;
	struct bytes rest;
	unsigned i = 0;

	digest->column = column_of(reader);
	while (!skip(reader, policy_property_words[i]))
		if (++i == POLICY_PROPERTIES)
			return TEXT_PROPERTY_UNKNOWN;
	digest->property = 1 << (2 * i - i / 4);
	if (i < POLICY_BOOLEANS) {
		i = choose(reader, boolean_words, 2);
		if (i == 2)
			return TEXT_PROPERTY_VALUE;
		reader->properties |= digest->property << i;
		return TEXT_OK;
	}
	reader->properties |= digest->property;

	digest->hex = reader->word;
	digest->algorithm = take_until(&digest->hex, ':', ':', &end);
	if (!end)
		return TEXT_DIGEST_FORM;
	rest = digest->hex;
	while (reader->word = rest, bytes_get(&rest, &byte))
		if ((unsigned char)(byte - '0') > 9 && (unsigned char)((byte | 32) - 'a') > 5) {
			reader->word.left = 1;
			return TEXT_DIGEST_HEX;
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
	reader->op = choose(reader, policy_op_words, OP_COUNT);
	return reader->op == OP_NONE ? TEXT_OPERATION_UNKNOWN : TEXT_OK;
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
	action = choose(reader, action_words, 2);
	if (action == 2)
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

void policy_start(struct policy_reader *reader, struct bytes text)
{
	memset(reader, 0, sizeof(*reader));
	reader->rest = text;
	reader->line = 1;
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
			reader->column = reader->text.left + 1;
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
