/*
 * policy_text.c - reading the text of an IPE policy as the kernel reads it
 *
 * Each function names the kernel's whose checks it makes, in the same order: with several faults
 * in a line, the kernel's errno tells which one it met first.
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

static bool is_word(struct bytes word, const char *text)
{
	return bytes_equal(word, bytes_of(text));
}

/*
 * Takes what stands before the first byte that is a or b, and takes that byte too: strsep().
 * *end is that byte, or 0 when the bytes have ended; a text holds no NUL.
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

/* Takes the next word of a line.  Empty, and standing at the line's end, when there is none. */
static struct bytes take_word(struct bytes *line)
{
	unsigned char end;
	struct bytes word;

	do
		word = take_until(line, ' ', '\t', &end);
	while (!word.left && end);
	return word;
}

/* The kernel's isspace() (lib/ctype.c) knows the no-break space of Latin-1 as well. */
static bool is_space(unsigned char byte)
{
	return byte == ' ' || (byte >= '\t' && byte <= '\r') || byte == 0xa0;
}

/* Takes the next line: remove_comment(), remove_trailing_spaces(). */
static struct bytes take_line(struct policy_reader *reader)
{
	unsigned char end, byte;
	struct bytes line = take_until(&reader->rest, '\n', '\r', &end), all;
	size_t length = 0;

	if (end == '\r')
		bytes_skip(&reader->rest, "\n");
	reader->lines++;
	all = take_until(&line, '#', '#', &end);
	line = (struct bytes){all.at, 0};
	while (bytes_get(&all, &byte)) {
		length++;
		if (!is_space(byte))
			line.left = length;
	}
	return line;
}

/* kstrtou16() in base 10 (lib/kstrtox.c): too much for 64 bits is found before what is no digit,
 * too much for 16 bits after it. */
static enum policy_fault read_number(struct bytes digits, uint64_t *value)
{
	enum policy_fault bad = TEXT_VERSION_NUMBER;
	unsigned char digit;

	*value = 0;
	bytes_skip(&digits, "+");
	if (!digits.left)
		return bad;
	while (bytes_get(&digits, &digit)) {
		digit -= '0';
		if (digit > 9)
			return bad;
		if (__builtin_mul_overflow(*value, 10, value) ||
			__builtin_add_overflow(*value, digit, value))
			bad = TEXT_VERSION_RANGE;
	}
	return bad == TEXT_VERSION_RANGE || *value > UINT16_MAX ? TEXT_VERSION_RANGE : TEXT_OK;
}

/* parse_version().  *word becomes the component that is wrong, unless it is their count. */
static enum policy_fault read_version(struct bytes *word, struct policy_version *version)
{
	struct bytes rest = *word;
	uint64_t all = 0, value;
	unsigned char end;
	int count = 0;

	do {
		struct bytes part = take_until(&rest, '.', '.', &end);
		enum policy_fault fault;

		if (count++ == 3)
			return TEXT_VERSION_COUNT;
		fault = read_number(part, &value);
		if (fault) {
			*word = part;
			return fault;
		}
		all = all << 16 | value;
	} while (end);
	if (count != 3)
		return TEXT_VERSION_COUNT;
	*version = (struct policy_version){
		(uint16_t)(all >> 32), (uint16_t)(all >> 16), (uint16_t)all};
	return TEXT_OK;
}

enum policy_fault policy_version_read(struct bytes text, struct policy_version *version)
{
	return read_version(&text, version);
}

/* A word of the header that must be NAME=VALUE: takes it, and leaves VALUE in reader->word. */
static bool read_item(struct policy_reader *reader, struct bytes *line, const char *name)
{
	reader->word = take_word(line);
	return bytes_skip(&reader->word, name) && reader->word.left;
}

/* parse_header() */
static enum policy_fault read_header(struct policy_reader *reader, struct bytes line)
{
	enum policy_fault fault;

	if (!read_item(reader, &line, "policy_name="))
		return TEXT_HEADER_NAME;
	reader->name = reader->word;
	if (!read_item(reader, &line, "policy_version="))
		return TEXT_HEADER_VERSION;
	fault = read_version(&reader->word, &reader->version);
	if (fault)
		return fault;
	reader->word = take_word(&line);
	return reader->word.left ? TEXT_HEADER_EXTRA : TEXT_OK;
}

/* ipe_digest_parse(), with reader->word being the value.  It asks hex2bin() for one byte more when
 * the length is odd, which then meets the end. */
static enum policy_fault read_digest(
	struct policy_reader *reader, enum policy_property property, size_t column)
{
	struct bytes hex = reader->word, rest;
	unsigned char end, byte;
	struct bytes algorithm = take_until(&hex, ':', ':', &end);

	if (!end)
		return TEXT_DIGEST_FORM;
	for (rest = hex; reader->word = rest, bytes_get(&rest, &byte);)
		if ((unsigned char)(byte - '0') > 9 && (unsigned char)((byte | 32) - 'a') > 5) {
			reader->word.left = 1;
			return TEXT_DIGEST_HEX;
		}
	if (hex.left % 2)
		return TEXT_DIGEST_HEX;
	if (reader->digests < POLICY_DIGESTS)
		reader->digest[reader->digests++] =
			(struct policy_digest){property, algorithm, hex, column};
	return TEXT_OK;
}

/* Where a byte of the line stands in it. */
static size_t column_of(const struct policy_reader *reader, struct bytes word)
{
	return (size_t)(word.at - reader->text.at) + 1;
}

/* parse_property(), with reader->word being the whole word. */
static enum policy_fault read_property(struct policy_reader *reader)
{
	size_t column = column_of(reader, reader->word);
	unsigned bit = 1;

	for (int i = 0; i < POLICY_PROPERTIES; i++) {
		bool boolean = i < POLICY_BOOLEANS;

		if (!bytes_skip(&reader->word, policy_property_words[i])) {
			bit <<= 1 + boolean;
			continue;
		}
		if (!boolean) {
			reader->properties |= bit;
			return read_digest(reader, bit, column);
		}
		if (is_word(reader->word, "TRUE"))
			bit <<= 1;
		else if (!is_word(reader->word, "FALSE"))
			return TEXT_PROPERTY_VALUE;
		reader->properties |= bit;
		return TEXT_OK;
	}
	return TEXT_PROPERTY_UNKNOWN;
}

/* A word before the last: op= first, then properties.  reader->word becomes what is wrong. */
static enum policy_fault read_condition(struct policy_reader *reader, struct bytes word)
{
	reader->word = word;
	if (reader->op != OP_NONE)
		return read_property(reader);
	if (!bytes_skip(&reader->word, "op="))
		return TEXT_OPERATION_MISSING;
	for (int op = 0; op < OP_COUNT; op++)
		if (is_word(reader->word, policy_op_words[op])) {
			reader->op = op;
			return TEXT_OK;
		}
	return TEXT_OPERATION_UNKNOWN;
}

/* parse_rule(), behind a DEFAULT if there is one. */
static enum policy_fault read_rule(struct policy_reader *reader, struct bytes line, bool is_default)
{
	struct bytes word, property = line;

	reader->op = OP_NONE;
	reader->properties = reader->digests = 0;

	/* blanks at the end are gone already: the last word leaves nothing behind it */
	while (word = take_word(&line), line.left) {
		enum policy_fault fault = read_condition(reader, word);

		if (fault)
			return fault;
		if (!reader->properties)
			property = line;
	}

	reader->word = word;
	if (!bytes_skip(&reader->word, "action=")) {
		/* what belongs elsewhere in the line stands at its end: nothing is wrong with it */
		reader->word = read_condition(reader, word) ? word : line;
		return TEXT_ACTION_MISSING;
	}
	if (is_word(reader->word, "ALLOW"))
		reader->action = ACTION_ALLOW;
	else if (is_word(reader->word, "DENY"))
		reader->action = ACTION_DENY;
	else
		return TEXT_ACTION_UNKNOWN;

	if (!is_default) {
		reader->word = word;
		if (reader->op == OP_NONE)
			return TEXT_OPERATION_MISSING;
		reader->rules++;
		return TEXT_OK;
	}
	if (reader->properties) {
		reader->word = take_word(&property);
		return TEXT_DEFAULT_PROPERTY;
	}
	if (reader->defaults[reader->op]) {
		reader->word = reader->text;
		return TEXT_DEFAULT_TWICE;
	}
	reader->defaults[reader->op] = reader->action;
	return TEXT_OK;
}

/* What the kernel checks when the last line has been read: validate_policy(). */
static enum policy_fault end_fault(const struct policy_reader *reader)
{
	if (!reader->header)
		return TEXT_NO_HEADER;
	if (!reader->defaults[OP_NONE] && !reader->spoiled)
		for (int op = 0; op < OP_COUNT; op++)
			if (!reader->defaults[op])
				return TEXT_DEFAULT_MISSING;
	return TEXT_OK;
}

void policy_start(struct policy_reader *reader, struct bytes text)
{
	unsigned char end;

	memset(reader, 0, sizeof(*reader));
	/* kmemdup_nul() and strsep(): a NUL ends the text */
	reader->rest = take_until(&text, 0, 0, &end);
	reader->text = (struct bytes){reader->rest.at, 0};
	reader->line = 1;
}

/* ipe_parse_policy(), a line at a time */
enum policy_event policy_next(struct policy_reader *reader)
{
	enum policy_event event;
	struct bytes rest;
	bool is_default;

	reader->fault = TEXT_OK;
	do {
		if (!reader->rest.left)
			goto end;
		rest = take_line(reader);
	} while (!rest.left);

	reader->line = reader->lines;
	reader->text = rest;
	is_default = is_word(take_word(&rest), "DEFAULT");
	if (!is_default)
		rest = reader->text;

	if (!reader->header) {
		reader->header = true;
		event = EVENT_HEADER;
		reader->fault = read_header(reader, reader->text);
	} else {
		event = is_default ? EVENT_DEFAULT : EVENT_RULE;
		reader->fault = read_rule(reader, rest, is_default);
	}
	reader->column = column_of(reader, reader->word);
	if (!reader->fault)
		return event;
	reader->spoiled |= is_default;
	return EVENT_FAULT;

end:
	if (!reader->ended)
		reader->fault = end_fault(reader);
	reader->ended = true;
	bytes_take(&reader->text, 0, &reader->word);
	reader->column = reader->text.left + 1;
	return reader->fault ? EVENT_FAULT : EVENT_END;
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
