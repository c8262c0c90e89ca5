/*
 * say.h - messages
 *
 * Each is one line, written with one write(2).  What comes from outside is printed with %s and %pB:
 * whatever is not printable ASCII is escaped as \xNN, so that it can neither drive a terminal nor
 * begin a second line.
 *
 * Formats: %s a string, %u an unsigned int, %pB a struct bytes *, %pV a struct policy_version *.
 * There are no other conversions, no flags and no widths.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef SAY_H
#define SAY_H

#include <stdarg.h>
#include <stdbool.h>

/* The longest line in bytes.  A path of 4,096 bytes and a policy's name of 255 with words around
 * them fit; what does not fit is cut off. */
#define SAY_LONGEST 6144

enum say_kind {
	SAY_ERROR,  /* "APPLET: ..." to standard error */
	SAY_NOTE,   /* the same, but not after say_errors_only() */
	SAY_REPORT, /* to standard error as it is */
	SAY_RESULT, /* what was asked for: to standard output as it is */
};

/*
 * To be called first: which applet speaks.  A broken pipe shall be an error to be told, not a
 * signal that ends the program, so SIGPIPE is ignored from here on.
 */
void say_start(const char *applet);

/* Gives SIGPIPE back the action that it had, for a program that is to be executed. */
void say_restore_sigpipe(void);

/* Notes are not said any more (-q). */
void say_errors_only(void);
bool say_is_errors_only(void);

/* Says a line of that kind.  False when what was asked for could not be written; the first time, an
 * error is said. */
bool say(enum say_kind kind, const char *format, ...) __attribute__((format(printf, 2, 3)));

/*
 * Says an error.  Always returns false, so that a function can fail and say why at once:
 *
 *	return fail("%s: is empty", path);
 *
 * When standard error is closed or broken the line goes to the kernel's log, which is reached also
 * where /dev is not mounted.  When that fails, too, there is nobody left to tell.
 */
bool fail(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* The same, with ": " and the meaning of an errno (or -errno) behind it. */
bool fail_errno(int error, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Prints text to standard output as it is, not escaped.  False as above. */
bool say_verbatim(const char *text);

/* Has everything that was asked for been written?  If not, an error was said. */
bool say_all_results_written(void);

/* A line in parts: say_begin, any number of the others, say_end.  What say_end returns is that of
 * say(). */
void say_begin(enum say_kind kind);
void say_add(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* Adds ": " and the meaning of an errno (or -errno). */
void say_add_errno(int error);
/* The same as say_add() for a function that has an ellipsis of its own. */
void say_add_list(const char *format, va_list values);
/* Adds blanks, at least one, up to that column, counted from 0. */
void say_add_until_column(unsigned column);
bool say_end(void);

#endif
