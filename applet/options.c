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
	say(SAY_ERROR, "%pW%s", what, word);
	say(SAY_PLAIN, "%pW", options->usage);
	return OPTIONS_WRONG;
}

static int long_option(const struct options *options, const char *word)
{
	bool said;

	if (!strcmp(word, "--help"))
		said = say(SAY_RESULT, "%pW\n%pW", options->usage, options->help);
	else if (!strcmp(word, "--version"))
		said = say(SAY_RESULT, "%s " IPE_LOAD_VERSION, say_applet);
	else
		return options_wrong(options, "unknown option ", word);
	return said ? OPTIONS_EXIT : OPTIONS_WRONG;
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
	for (known = options->known; *known && (*known != *letter || *known == ':'); known++)
		;
	if (!*known) {
		return options_wrong(options, "unknown option -", letter);
	}
	if (known[1] == ':') {
		options->argument = options->in;
		if (!*options->in)
			options->argument = options->at < options->argc ? argv[options->at++] : 0;
		options->in = 0;
		if (!options->argument) {
			return options_wrong(options, "an argument is missing behind -", letter);
		}
	}
	return *letter;
}
