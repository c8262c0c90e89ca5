/*
 * generate.c - policies at random, good ones and spoiled ones
 *
 * Knows the grammar from the kernel's documentation (Documentation/admin-guide/LSM/ipe.rst) and
 * shares nothing with the reader that is tested with it.  Three of five policies are spoiled: one
 * to three times a word is replaced by one that does not belong there, a word or line is dropped,
 * repeated or moved, or a byte is changed.  Some of what is spoiled stays good.
 *
 * SPDX-License-Identifier: MIT
 */
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "generate.h"

#define LENGTH(list) (sizeof(list) / sizeof((list)[0]))
#define PICK(list) list[below(LENGTH(list))]

static uint64_t *random_state;

/* splitmix64 */
static uint64_t next_random(void)
{
	uint64_t z = *random_state += 0x9e3779b97f4a7c15;

	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
	z = (z ^ z >> 27) * 0x94d049bb133111eb;
	return z ^ z >> 31;
}

static size_t below(size_t limit)
{
	return next_random() % limit;
}

static bool percent(unsigned chance)
{
	return below(100) < chance;
}

static const char *const operation[] = {"op=EXECUTE", "op=FIRMWARE", "op=KMODULE", "op=KEXEC_IMAGE",
	"op=KEXEC_INITRAMFS", "op=POLICY", "op=X509_CERT"};
static const char *const flag[] = {"boot_verified=TRUE", "boot_verified=FALSE",
	"dmverity_signature=TRUE", "dmverity_signature=FALSE", "fsverity_signature=TRUE",
	"fsverity_signature=FALSE"};
static const char *const verdict[] = {"action=ALLOW", "action=DENY"};
static const char *const algorithm[] = {"sha256", "sha512", "sha1", "md5", "blake2b-512", "SHA256",
	"sha3-256", "rmd160", "x", "", "a=b", "%s", "sha\xa0"};
static const char *const version[] = {"0.0.0", "1.0.0", "65535.65535.65535", "+1.+2.+3",
	"01.002.0003", "0.2.10", "000000000000000000000000065535.0.0", "7.8.9", "00.0.+0"};
static const char *const bad_version[] = {"1", "1.2", "1.2.3.4", "1..3", ".1.2", "1.2.", "a.b.c",
	"1.2.x", "1.2.65536", "65536.0.0", "99999x.0.0", "18446744073709551615.0.0",
	"18446744073709551616.0.0", "99999999999999999999999x.0.0", "1.99999999999999999999x.1",
	"-1.0.0", "++1.0.0", "+.0.0", "1.2.3.x", "1.2.65536.4", "0x1.0.0", "1,0,0", "1.2.3\xa0",
	"1.x", "...", ".", "340282366920938463463374607431768211456.1.1",
	"1844674407370955161599999.0.0", "184467440737095516160x.0.0",
	"18446744073709551616000x.0.0", "1e1.0.0"};
static const char *const any_word[] = {"DEFAULT", "default", "op=", "op=EXEC", "op=execute",
	"op=EXECUTE,FIRMWARE", "op=KEXEC", "op=X509", "action=", "action=ALLOW", "action=DENY",
	"action=Allow", "action=DENYX", "action", "Action=DENY",
	"boot_verified=", "boot_verified=true", "boot_verifed=TRUE", "boot_verified",
	"boot_verified=TRUE=", "dmverity_signature=abc", "fsverity_signature=TRUEFALSE",
	"dmverity_roothash=", "dmverity_roothash=sha256", "dmverity_roothash=sha256:0",
	"dmverity_roothash=sha256:0g", "dmverity_roothash=:", "dmverity_roothash=::00",
	"fsverity_digest=sha256:00:00", "fsverity_digest=sha256:AbCdEf", "fsverity_digest=:abc",
	"fsverity_digest", "fsverity_digest=%d:00", "policy_name=x", "policy_version=1.0.0",
	"policy_name=", "policy_version=", "policy_name", "%s", "%%", "=", "ALLOW", "DENY",
	"EXECUTE", "TRUE", "#", "#x", "x", "\v", "\f", "\xa0", "\xc2\xa0", "\\", "op=EXECUTE\v",
	"action=DENY\xa0", "action=DENY\x0e", "action=DENY\b", "action=DENY#", "DEFAULT#",
	"\vDEFAULT", "op=EXECUTE op=EXECUTE", "action=ALLOW action=DENY", "boot_verified=TRUE\r"};
static const char odd_byte[] = "\0\b\t\n\v\f\r\x0e\x1f #=%.:+-_09aAfFgGzZ/\\\x7f\x80\xa0\xc2\xff";

struct text {
	unsigned char *at;
	size_t length;
};

static void put(struct text *text, const char *format, ...)
{
	size_t room = GENERATE_MAX - text->length;
	va_list arguments;
	int length;

	va_start(arguments, format);
	length = vsnprintf((char *)text->at + text->length, room, format, arguments);
	va_end(arguments);
	if (length > 0)
		text->length += (size_t)length < room ? (size_t)length : room - 1;
}

static void put_blanks(struct text *text, size_t least)
{
	size_t count = percent(80) ? least : least + below(4);

	while (count--)
		put(text, "%s", percent(80) ? " " : "\t");
}

/* The end of a line: blanks of all kinds, a comment, and one of the three line ends. */
static void put_end(struct text *text)
{
	static const char *const blank[] = {" ", "\t", "\v", "\f", "\xa0"};
	static const char *const comment[] = {
		"#", "# a comment", " # DEFAULT action=DENY", "#\v#\xa0"};

	if (percent(10))
		for (size_t count = 1 + below(3); count--;)
			put(text, "%s", PICK(blank));
	if (percent(10))
		put(text, "%s", PICK(comment));
	put(text, "%s", percent(85) ? "\n" : percent(70) ? "\r\n" : "\r");
	while (percent(8))
		put_end(text);
}

static void put_digest(struct text *text)
{
	static const size_t usual[] = {32, 64, 20, 0, 1, 2, 48};
	size_t bytes = PICK(usual);

	put(text, "%s=%s:", percent(50) ? "dmverity_roothash" : "fsverity_digest", PICK(algorithm));
	while (bytes--)
		put(text, percent(70) ? "%02x" : "%02X", (unsigned)below(256));
}

static void put_rule(struct text *text)
{
	put_blanks(text, 0);
	put(text, "%s", PICK(operation));
	for (size_t count = percent(3) ? below(12) : below(4); count--;) {
		put_blanks(text, 1);
		if (percent(70))
			put(text, "%s", PICK(flag));
		else
			put_digest(text);
	}
	put_blanks(text, 1);
	put(text, "%s", PICK(verdict));
	put_end(text);
}

static void put_default(struct text *text, const char *of)
{
	put_blanks(text, 0);
	put(text, "DEFAULT");
	put_blanks(text, 1);
	if (of) {
		put(text, "%s", of);
		put_blanks(text, 1);
	}
	put(text, "%s", PICK(verdict));
	put_end(text);
}

static void put_good(struct text *text)
{
	static const char *const name[] = {"a", "site", "Policy_1.2", "$@!*&^%\\:;{}()", "\xff\xef",
		"policy_name=x", "../x", "a\vb", "=", "%s%s"};
	bool global = percent(80);
	size_t rules = percent(5) ? below(100) : below(8);
	unsigned defaults = global ? (unsigned)below(128) & (unsigned)below(128) : 127;

	while (percent(15))
		put_end(text);
	put_blanks(text, 0);
	put(text, "policy_name=%s", PICK(name));
	put_blanks(text, 1);
	if (percent(50))
		put(text, "policy_version=%s", PICK(version));
	else
		put(text, "policy_version=%zu.%zu.%zu", below(65536), below(256), below(10));
	put_end(text);

	/* defaults may stand anywhere, each once */
	while (global || defaults || rules) {
		size_t which = below(LENGTH(operation) + 4);

		if (which < LENGTH(operation) && defaults & 1u << which) {
			defaults &= ~(1u << which);
			put_default(text, operation[which]);
		} else if (which == LENGTH(operation) && global) {
			global = false;
			put_default(text, NULL);
		} else if (which > LENGTH(operation) && rules) {
			rules--;
			put_rule(text);
		}
	}
	if (percent(10))
		put_blanks(text, 1);
	else if (percent(30))
		text->length--; /* the last line's end, or half of it */
}

/* Puts new bytes where length old ones are. */
static void replace(struct text *text, size_t at, size_t length, const void *bytes, size_t count)
{
	unsigned char copy[GENERATE_MAX];

	if (text->length - length + count > GENERATE_MAX)
		return;
	memcpy(copy, bytes, count);
	memmove(text->at + at + count, text->at + at + length, text->length - at - length);
	memcpy(text->at + at, copy, count);
	text->length += count - length;
}

/* A stretch between two separators, chosen at random. */
static void choose(const struct text *text, const char *separators, size_t *at, size_t *length)
{
	size_t end;

	*at = end = below(text->length);
	while (*at && !strchr(separators, text->at[*at - 1]))
		--*at;
	while (end < text->length && !strchr(separators, text->at[end]))
		end++;
	*length = end - *at;
}

static void spoil(struct text *text)
{
	const char *word = PICK(any_word);
	unsigned char byte = (unsigned char)odd_byte[below(sizeof(odd_byte) - 1)];
	unsigned char changed;
	size_t at, length, other;

	if (!text->length)
		return;
	choose(text, percent(60) ? " \t\r\n" : "\r\n", &at, &length);
	other = below(text->length + 1);
	switch (below(17)) {
	case 0:
	case 1:
	case 2: /* another word or line */
		replace(text, at, length, word, strlen(word));
		break;
	case 3: /* one more */
		replace(text, at, 0, " ", 1);
		replace(text, at, 0, word, strlen(word));
		break;
	case 4: /* none */
		replace(text, at, length, "", 0);
		break;
	case 5: /* the same again */
		replace(text, at, 0, text->at + at, length);
		break;
	case 6: /* the same elsewhere */
		replace(text, other, 0, text->at + at, length);
		break;
	case 7: /* a line again */
		choose(text, "\r\n", &at, &length);
		replace(text, at, 0, "\n", 1);
		replace(text, at, 0, text->at + at + 1, length);
		break;
	case 8: { /* another version */
		unsigned char *found = memchr(text->at, '.', text->length);

		word = PICK(bad_version);
		if (!found)
			break;
		at = (size_t)(found - text->at);
		while (at && !strchr(" =\n", text->at[at - 1]))
			at--;
		for (length = 0;
			at + length < text->length && !strchr(" \t\r\n#", text->at[at + length]);)
			length++;
		replace(text, at, length, word, strlen(word));
		break;
	}
	case 9: /* cut off */
		text->length = other;
		break;
	case 10:
	case 11: /* a byte more */
		replace(text, other, 0, &byte, 1);
		break;
	case 12: /* a byte less */
		if (other < text->length)
			replace(text, other, 1, "", 0);
		break;
	case 13: /* another byte */
		if (other < text->length)
			text->at[other] = byte;
		break;
	case 14: /* another case, or nearly another letter */
		changed = text->at[at] ^ 0x20;
		replace(text, at, length ? 1 : 0, &changed, 1);
		break;
	case 15: /* a default made of a rule, or of the header */
		choose(text, "\r\n", &at, &length);
		replace(text, at, 0, "DEFAULT ", strlen("DEFAULT "));
		break;
	default: /* any byte */
		byte = (unsigned char)below(256);
		replace(text, other, 0, &byte, 1);
		break;
	}
}

size_t generate(uint64_t *state, unsigned char *buffer)
{
	struct text text = {buffer, 0};

	random_state = state;
	put_good(&text);
	if (percent(60))
		for (size_t times = 1 + below(3); times--;)
			spoil(&text);
	return text.length;
}
