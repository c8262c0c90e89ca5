/*
 * cmdline.c - the rd.ipe kernel parameters
 *
 * SPDX-License-Identifier: MIT
 */
#include "cmdline.h"

#include <errno.h>
#include <fcntl.h>

#include "kernfs.h"

static bool is_blank(unsigned char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

/* Takes the next word; quotes keep blanks in it and stay where they are. */
static bool next_word(struct bytes *text, struct bytes *word)
{
	bool quoted = false;
	size_t length;

	while (text->left && is_blank(*text->at)) {
		text->at++;
		text->left--;
	}
	for (length = 0; length < text->left; length++) {
		if (text->at[length] == '"')
			quoted = !quoted;
		if (is_blank(text->at[length]) && !quoted)
			break;
	}
	return length && bytes_take(text, length, word);
}

/* Takes one quote off each end, as far as there is one: of the whole word and of the value. */
static void unquote(struct bytes *word)
{
	if (!bytes_skip(word, "\""))
		return;
	if (word->left && word->at[word->left - 1] == '"')
		word->left--;
}

/* If the word is NAME or NAME=VALUE, sets *value (to "" for NAME). */
static bool is_parameter(struct bytes word, const char *name, struct bytes *value)
{
	if (!bytes_skip(&word, name))
		return false;
	if (word.left && !bytes_skip(&word, "="))
		return false;
	unquote(&word);
	*value = word;
	return true;
}

static bool is_on(struct bytes value)
{
	return !bytes_are(value, "0");
}

bool cmdline_parse(struct bytes text, struct cmdline *cmdline)
{
	struct bytes word, value;

	memset(cmdline, 0, sizeof(*cmdline));
	while (next_word(&text, &word)) {
		if (bytes_are(word, "--"))
			break;
		unquote(&word);
		if (is_parameter(word, "rd.ipe", &value)) {
			cmdline->off = !is_on(value);
		} else if (is_parameter(word, "rd.ipe.required", &value)) {
			cmdline->required = is_on(value);
		} else if (is_parameter(word, "rd.ipe.seal", &value)) {
			cmdline->seal = is_on(value);
		} else if (is_parameter(word, "rd.ipe.init", &value)) {
			if (value.left >= sizeof(cmdline->init))
				return false;
			memcpy(cmdline->init, value.at, value.left);
			cmdline->init[value.left] = 0;
		}
	}
	return true;
}

int cmdline_read(struct cmdline *cmdline)
{
#ifdef LOCKED
	memset(cmdline, 0, sizeof(*cmdline));
	cmdline->required = cmdline->seal = cmdline->enforce = true;
	return 0;
#else
	/* The longest of any architecture (COMMAND_LINE_SIZE: s390, 4,096) and a boot configuration
	 * (XBC_DATA_MAX, 32,767), which the kernel puts before it. */
	static unsigned char text[4096 + 32768];
	long got = kernfs_read_at(kernfs_proc(), "cmdline", text, sizeof(text));

	if (got < 0)
		return (int)got;
	if (got == sizeof(text) || !cmdline_parse((struct bytes){text, (size_t)got}, cmdline))
		return -E2BIG;
	return 0;
#endif
}
