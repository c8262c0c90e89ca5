/*
 * options.h - an applet's command line
 *
 * POSIX utility syntax (bundled letters, an argument in the same word or the next), options and
 * operands in any order, --help and --version.  musl's getopt would bring in stdio.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef OPTIONS_H
#define OPTIONS_H

struct options {
	int argc;
	char **argv;          /* operands are moved to its beginning, from argv[1] on */
	const char *known;    /* as for getopt: letters, a ":" behind one that takes an argument */
	const char *usage;    /* "usage: ...", one line: for wrong usage and --help */
	const char *help;     /* what --help prints behind it; no line feed at the end */
	const char *argument; /* of the option last returned */
	int operands;         /* so far */
	char **rest;          /* after the end: what stands behind "--", or null */

	int at;         /* word that is read next */
	const char *in; /* letters left in the word before it */
};

enum options_result {
	OPTIONS_END = 0,   /* no more: operands (argv[1] to argv[operands]) and rest are set; a null
			      pointer ends the operands */
	OPTIONS_EXIT = -1, /* --help or --version was answered: status 0, or 1 when that failed */
	OPTIONS_WRONG = -2 /* wrong usage was said: status 2 */
};

/* Set argc, argv, known, usage and help, the rest to 0. The next option's letter, or an enum
 * options_result. */
int options_next(struct options *options);

/* Says what is wrong with the usage ("-s needs an INIT") and the usage's line; returns 2. */
int options_wrong(const struct options *options, const char *what, const char *word);

#endif
