/*
 * say.h - messages
 *
 * One line each, written with one write(2).  What comes from outside is printed with %s and %pB:
 * what is not printable ASCII is escaped as \xNN, so that it cannot drive a terminal or begin a
 * second line.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef SAY_H
#define SAY_H

#include "policy/bytes.h"
#include "policy/text.h"

/* The longest line.  A path of 4,096 bytes and a policy's name of 255 with words around them fit;
 * what does not fit is cut. */
#define SAY_MAX 6144

/* The name that begins each error and note; main sets it. */
extern const char *say_applet;

/* -q: notes and warnings are not said. */
extern bool say_quiet;

/* Warnings count as errors. */
extern bool say_strict;

/* How many errors and findings have been said. */
extern unsigned say_errors;

/* What warnings and findings are about.  A line or column of 0 is left out; a column is for the
 * next one only. */
struct say_place {
	const char *file;
	unsigned line, column;
};
extern struct say_place say_place;

enum say_kind {
	SAY_ERROR,   /* "APPLET: ..." to standard error */
	SAY_NOTE,    /* the same, but not when say_quiet */
	SAY_WARNING, /* "FILE:LINE:COLUMN: warning: ...", likewise.  With say_strict a finding */
	SAY_FINDING, /* "FILE:LINE:COLUMN: error: ..." to standard error */
	SAY_PLAIN,   /* to standard error as it is */
	SAY_RESULT,  /* what was asked for: to standard output as it is */
};

/*
 * Formats: %s a string, %pB a struct bytes *, %pV a struct policy_version *, %u an unsigned int, %i
 * an errno (or -errno) in words.  No other conversions, flags or widths.
 *
 * say: a whole line; "\n" is appended.
 *
 * say_begin, say_add (any number of times) and say_end build a line in parts.
 *
 * A line for standard error goes to /dev/kmsg when standard error is closed or broken; that file is
 * reached also where /dev is not mounted.  say and say_end are false when a SAY_RESULT could not be
 * written, and an error was said of that; the other kinds are always true: there is nobody left to
 * tell.
 */
void say_begin(enum say_kind kind);
bool say_end(void);
bool say(enum say_kind kind, const char *format, ...) __attribute__((format(printf, 2, 3)));
void say_add(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Appends blanks, one at least, up to that column, from 0 on. */
void say_pad(unsigned column);

/* An error "WHAT: WHY: " with the meaning of an errno (or -errno).  Always false. */
bool say_failure(const char *what, const char *why, int error);

/* A path for other programs, or our own lines: standard output, not escaped, with "\n".  False as
 * above. */
bool say_path(const char *path);

#endif
