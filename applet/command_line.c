/*
 * command_line.c - reading an applet's command line
 *
 * SPDX-License-Identifier: MIT
 */
#include "command_line.h"

#include <stdlib.h>
#include <string.h>

#include "say.h"

#ifndef IPE_LOAD_VERSION
#define IPE_LOAD_VERSION "unknown"
#endif

void command_line_wrong_word(const struct command_line *line, const char *what, const char *word)
{
	fail("%s%s", what, word);
	say_begin(SAY_REPORT);
	say_add("%s", line->usage);
	say_end();
	exit(2);
}

void command_line_wrong(const struct command_line *line, const char *what)
{
	command_line_wrong_word(line, what, "");
}

static _Noreturn void print_help(const struct command_line *line)
{
	bool printed = say(SAY_RESULT, "%s", line->usage) && say_verbatim(line->help);

	exit(printed ? 0 : 1);
}

static _Noreturn void print_version(const struct command_line *line)
{
	exit(say(SAY_RESULT, "%s %s", line->applet, IPE_LOAD_VERSION) ? 0 : 1);
}

/* Takes the argument of the option that was just read: the rest of its word, or the next word. */
static void take_argument(struct command_line *line, const char *letter)
{
	if (*line->bundle) {
		line->argument = line->bundle;
	} else {
		line->argument = line->argv[line->next];
		if (!line->argument)
			command_line_wrong_word(line, "an argument is missing behind -", letter);
		line->next++;
	}
	line->bundle = NULL;
}

/* Takes the next letter of a word "-abc". */
static int take_letter(struct command_line *line)
{
	const char letter[] = {*line->bundle++, '\0'};
	const char *known = line->letters;

	while (*known && (*known == ':' || *known != *letter))
		known++;
	if (!*known)
		command_line_wrong_word(line, "unknown option -", letter);
	line->argument = NULL;
	if (known[1] == ':')
		take_argument(line, letter);
	else if (!*line->bundle)
		line->bundle = NULL;
	return *letter;
}

/* All options have been read. */
static void end_options(struct command_line *line)
{
	/* Behind the operands there is room: for the word "--", or the null pointer that ends argv.
	 */
	line->operands = line->argv + 1;
	line->operands[line->operand_count] = NULL;
}

int command_line_next(struct command_line *line)
{
	char *word;

	if (line->next == 0)
		line->next = 1;
	while (!line->bundle) {
		word = line->argv[line->next];
		if (!word) {
			end_options(line);
			return 0;
		}
		line->next++;
		if (word[0] != '-' || !word[1]) {
			line->operand_count++;
			line->argv[line->operand_count] = word;
		} else if (!strcmp(word, "--")) {
			line->behind_dashes = line->argv + line->next;
			end_options(line);
			return 0;
		} else if (!strcmp(word, "--help")) {
			print_help(line);
		} else if (!strcmp(word, "--version")) {
			print_version(line);
		} else if (word[1] == '-') {
			command_line_wrong_word(line, "unknown option ", word);
		} else {
			line->bundle = word + 1;
		}
	}
	return take_letter(line);
}

void command_line_join(struct command_line *line)
{
	if (!line->behind_dashes)
		return;
	/* They move to the front, at least over the word "--". */
	while (*line->behind_dashes)
		line->operands[line->operand_count++] = *line->behind_dashes++;
	line->operands[line->operand_count] = NULL;
	line->behind_dashes = NULL;
}
