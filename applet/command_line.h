/*
 * command_line.h - reading an applet's command line
 *
 * The syntax of POSIX utilities: bundled letters, an option's argument in the same word or the
 * next,
 * "--" ends the options.  Beyond that options and operands may come in any order, and --help and
 * --version are known.  musl's getopt_long(3) would bring in stdio.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef COMMAND_LINE_H
#define COMMAND_LINE_H

struct command_line {
	/* To be set before the first call, the rest to 0. */
	const char *applet;  /* its name, for --version */
	const char *letters; /* its options; a ":" behind one that takes an argument */
	const char *usage;   /* the line "usage: ..." */
	const char *help;    /* what --help prints below it, with "\n" at its end */
	char **argv;

	/* What has been read. */
	const char *argument; /* of the option that was returned last, or null */
	char **operands; /* after the last option: argv + 1, with a null pointer behind the last */
	char **behind_dashes; /* after the last option: what stands behind "--", or null */

	int next;           /* index of the next word to be read */
	const char *bundle; /* what is left of a word with several letters, or null */
	int operand_count;
};

/*
 * Returns the next option's letter, or 0 after the last one.  Operands are moved to the front of
 * argv while options are read.
 *
 * Does not return from --help and --version (exit status 0, or 1 when standard output could not be
 * written) nor from wrong usage, which is said (exit status 2).
 */
int command_line_next(struct command_line *line);

/* For an applet that executes nothing: what stands behind "--" becomes operands.  To be called
 * after the last option. */
void command_line_join(struct command_line *line);

/* Says what is wrong with the usage ("-s needs an INIT behind --") and the usage line, and ends the
 * program with status 2. */
_Noreturn void command_line_wrong(const struct command_line *line, const char *what);

/* The same with a word from the command line behind it ("unknown option -", "z"). */
_Noreturn void command_line_wrong_word(
	const struct command_line *line, const char *what, const char *word);

#endif
