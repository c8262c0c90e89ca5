/*
 * parameters.c - the kernel parameters that the initramfs mode obeys
 *
 * SPDX-License-Identifier: MIT
 */
#include "load/parameters.h"

#include <string.h>

#include "kernel/proc.h"
#include "policy/bytes.h"
#include "say.h"

#ifdef SEAL
#define BUILT_TO_SEAL true
#else
#define BUILT_TO_SEAL false
#endif
#ifdef LOCKED
#define BUILT_LOCKED true
#else
#define BUILT_LOCKED false
#endif

/* isspace() of the kernel, as far as a command line has it. */
static bool is_blank(int byte)
{
	return byte == ' ' || (byte >= '\t' && byte <= '\r');
}

/* Takes the next word.  Quotes keep blanks in it, and stay where they are.  False when there is
 * none. */
static bool take_word(struct bytes *text, struct bytes *word)
{
	bool quoted = false;

	while (text->left > 0 && is_blank(*text->at))
		bytes_get(text);
	*word = (struct bytes){text->at, 0};
	while (text->left > 0 && (quoted || !is_blank(*text->at))) {
		if (bytes_get(text) == '"')
			quoted = !quoted;
		word->left++;
	}
	return word->left > 0;
}

/* Takes a quote off the front, and if there was one, off the end, too. */
static void unquote(struct bytes *word)
{
	struct bytes rest;

	if (!bytes_skip(word, "\""))
		return;
	rest = *word;
	if (bytes_get_last(&rest) == '"')
		*word = rest;
}

/* What a switch says with this value: none, or what stands behind "=". */
static bool is_on(struct bytes value)
{
	return !bytes_are(value, "0");
}

static bool take_init(struct parameters *parameters, struct bytes path)
{
	if (path.left >= sizeof(parameters->init))
		return fail("rd.ipe.init=%pB: too long a path", &path);
	memcpy(parameters->init, path.at, path.left);
	parameters->init[path.left] = '\0';
	return true;
}

/* Obeys one word of the command line, if it is one of ours.  False after an error was said. */
static bool obey(struct parameters *parameters, struct bytes word)
{
	struct bytes name;

	unquote(&word);
	bytes_until(&word, &name, "=");
	/* What is left is the value, or nothing. */
	unquote(&word);
	if (bytes_are(name, "rd.ipe"))
		parameters->off = !is_on(word);
	else if (bytes_are(name, "rd.ipe.required"))
		parameters->required = is_on(word);
	else if (bytes_are(name, "rd.ipe.seal"))
		parameters->seal = is_on(word) || BUILT_TO_SEAL;
	else if (bytes_are(name, "rd.ipe.init"))
		return take_init(parameters, word);
	return true;
}

bool parameters_read(struct parameters *parameters)
{
	struct bytes text, word;
	int error;

	parameters->off = false;
	parameters->required = BUILT_LOCKED;
	parameters->enforce = BUILT_LOCKED;
	parameters->seal = BUILT_TO_SEAL;
	parameters->init[0] = '\0';
	if (BUILT_LOCKED)
		return true;
	error = proc_read("cmdline", &text);
	if (error)
		return fail_errno(error, "/proc/cmdline: cannot be read");
	while (take_word(&text, &word) && !bytes_are(word, "--"))
		if (!obey(parameters, word))
			return false;
	return true;
}
