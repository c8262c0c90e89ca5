/*
 * options.c - an applet's command line
 *
 * SPDX-License-Identifier: MIT
 */
#include "options.h"

#include "kernel/system.h"
#include "say.h"

#ifndef IPE_LOAD_VERSION
#define IPE_LOAD_VERSION "unknown"
#endif

unsigned options_given;
const char *options_argument;
int options_operands;
char **options_rest;

static const char *usage;

void options_wrong_word(const char *what, const char *word)
{
	say(SAY_ERROR, "%s%s", what, word);
	say(SAY_PLAIN, "%s", usage);
	sys_exit(2);
}

void options_wrong(const char *what)
{
	options_wrong_word(what, "");
}

static void long_option(const char *word)
{
	if (!strcmp(word, "--help")) {
		if (say_path(bytes_word(usage, 0)))
			say_path(bytes_word(usage, 1));
	} else if (!strcmp(word, "--version")) {
		say(SAY_RESULT, "%s " IPE_LOAD_VERSION, say_applet);
	} else {
		options_wrong_word("unknown option ", word);
	}
	/* what could not be written was an error */
	sys_exit((int)say_errors);
}

/* The letters of a word.  next is the word behind it; true when that was taken as an argument. */
static bool letters(const char *word, const char *known, const char *next)
{
	char letter[2] = "";
	const char *at;

	while ((*letter = *word++)) {
		for (at = known; *at != *letter || *at == ':'; at++)
			if (!*at)
				options_wrong_word("unknown option -", letter);
		options_given |= OPTION(*letter);
		if (at[1] == ':') {
			options_argument = *word ? word : next;
			if (!options_argument)
				options_wrong_word("an argument is missing behind -", letter);
			return !*word;
		}
	}
	return false;
}

void options_read(char **argv, const char *known, const char *usage_and_help)
{
	char **at = argv + 1, *word;

	usage = usage_and_help;
	while ((word = *at)) {
		at++;
		if (word[0] != '-' || !word[1]) {
			argv[++options_operands] = word;
		} else if (word[1] != '-') {
			at += letters(word + 1, known, *at);
		} else if (word[2]) {
			long_option(word);
		} else {
			options_rest = at;
			break;
		}
	}
	/* "--" or the end left at least one word to be overwritten, or this is the end */
	argv[options_operands + 1] = 0;
	say_quiet = options_given & OPTION('q');
}

void options_operands_only(char **argv)
{
	if (!options_rest)
		return;
	/* "--" left a word to be overwritten */
	do
		argv[++options_operands] = *options_rest;
	while (*options_rest++);
	options_operands--;
}
