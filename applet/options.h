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

/* An option's letter as one of a set.  No applet has one letter in both cases. */
#define OPTION(letter) (1U << ((letter)&31))

/* What the command line holds. */
extern unsigned options_given;       /* the set of its options */
extern const char *options_argument; /* the last one that an option has, or null */
extern int options_operands;         /* how many: they are in argv from 1 on, and a null pointer */
extern char **options_rest;          /* what stands behind "--", or null */

/*
 * Reads it.  known: as for getopt, letters, a ":" behind one that takes an argument.  usage:
 * one line, for wrong usage and --help; behind a NUL, what --help prints too (no line feed at the
 * end).  -q sets say_quiet.  Does not return from --help or --version (status 0, or 1 when it
 * could not be written), nor from wrong usage, which is said.
 */
void options_read(char **argv, const char *known, const char *usage);

/* Takes what stands behind "--" as operands too, in an applet that executes nothing. */
void options_operands_only(char **argv);

/* Says what is wrong with the usage ("-s needs an INIT"), or which word is ("unknown option -",
 * "x"), and the usage's line, and exits with status 2. */
_Noreturn void options_wrong(const char *what);
_Noreturn void options_wrong_word(const char *what, const char *word);

#endif
