/*
 * say.h - messages
 *
 * One line each, written with one write(2).  Everything printed with %s and %.*s may come from
 * outside: what is not printable ASCII is escaped as \xNN, so that it cannot drive a terminal or
 * begin a second line.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef SAY_H
#define SAY_H

#include "bytes.h"
#include "policy_text.h"

/* The longest line; what does not fit is cut and ends in "...".  A path (4,096) or a policy's name
 * escaped (255 * 4) with words around it fits. */
#define SAY_MAX 6144

/* The name that begins each line of say_error and say_note; main sets it. */
extern const char *say_applet;

/* -q: say_note says nothing. */
extern bool say_quiet;

/*
 * Formats: %s a string, %.*s (int, const char *) a slice, %u an unsigned int, %% a percent sign.
 * No widths, flags or other conversions.
 *
 * say_error: "APPLET: ...\n" to standard error, or to /dev/kmsg when that is closed.
 * say_note: the same unless say_quiet.
 * say_out: "...\n" to standard output, without the name; false if it could not be written.
 */
void say_error(const char *format, ...) __attribute__((format(printf, 1, 2)));
void say_note(const char *format, ...) __attribute__((format(printf, 1, 2)));
bool say_out(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* A line for standard error as it is, without the applet's name ("FILE:LINE:COLUMN: error: ...").
 */
void say_line(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Arguments for "%.*s" from bytes, and for "%u.%u.%u" from a version. */
#define BYTES_ARG(b) (int)(b).left, (const char *)(b).at
#define VERSION_ARG(v) (v).major, (v).minor, (v).revision

#endif
