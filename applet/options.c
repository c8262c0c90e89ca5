/*
 * options.c - an applet's command line
 *
 * SPDX-License-Identifier: MIT
 */
#include "options.h"

#include "say.h"

#ifndef IPE_LOAD_VERSION
#define IPE_LOAD_VERSION "unknown"
#endif

int options_wrong(const struct options *options, const char *what, const char *word)
{
	const char *end = strchr(options->usage, '\n');

	say(SAY_ERROR, "%s%s", what, word);
	say(SAY_FINDING, "%.*s", (int)(end - options->usage), options->usage);
	return 2;
}

/* Says the text line by line: a line feed inside a message would be escaped. */
static bool say_lines(const char *text)
{
	const char *end;

	for (; (end = strchr(text, '\n')); text = end + 1)
		if (!say(SAY_RESULT, "%.*s", (int)(end - text), text))
			return false;
	return true;
}

static int long_option(const struct options *options, const char *word)
{
	if (!strcmp(word, "--help")) {
		if (say_lines(options->usage))
			return OPTIONS_EXIT;
	} else if (!strcmp(word, "--version")) {
		if (say(SAY_RESULT, "%s " IPE_LOAD_VERSION, say_applet))
			return OPTIONS_EXIT;
	} else {
		options_wrong(options, "unknown option ", word);
		return OPTIONS_WRONG;
	}
	say(SAY_ERROR, "standard output: cannot be written");
	return OPTIONS_WRONG;
}

int options_next(struct options *options)
{
	char **argv = options->argv;
	const char *known, *word;
	char letter[2] = "";

	while (!options->in || !*options->in) {
		if (!options->at)
			options->at = 1;
		word = options->at < options->argc ? argv[options->at++] : 0;
		if (word && word[0] == '-' && word[1]) {
			if (word[1] != '-') {
				options->in = word + 1;
				break;
			}
			if (word[2])
				return long_option(options, word);
			options->rest = argv + options->at;
			word = 0;
		}
		if (!word) {
			/* "--" or the end left at least one word to be overwritten, or this is argc
			 */
			argv[options->operands + 1] = 0;
			return OPTIONS_END;
		}
		argv[++options->operands] = (char *)word;
	}
	*letter = *options->in++;
	known = *letter == ':' ? 0 : strchr(options->known, *letter);
	if (!known) {
		options_wrong(options, "unknown option -", letter);
		return OPTIONS_WRONG;
	}
	if (known[1] == ':') {
		options->argument = options->in;
		if (!*options->in)
			options->argument = options->at < options->argc ? argv[options->at++] : 0;
		options->in = 0;
		if (!options->argument) {
			options_wrong(options, "an argument is missing behind -", letter);
			return OPTIONS_WRONG;
		}
	}
	return *letter;
}
