/*
 * report.h - what ipe-check finds in a file: errors and warnings
 *
 * Each is one line on standard error: "FILE:LINE:COLUMN: error: WHAT", or "... warning: WHAT".
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef CHECK_REPORT_H
#define CHECK_REPORT_H

#include <stdbool.h>

/* What a finding is about. */
struct location {
	const char *file;
	unsigned line;   /* counted from 1; 0: the whole file, and "LINE:" is left out */
	unsigned column; /* in bytes, counted from 1; 0: the whole line, likewise */
};

struct findings {
	bool strict;     /* warnings count as errors (-W); to be set before the first one */
	unsigned errors; /* how many were said */
};

enum severity {
	WARNING, /* not said after say_errors_only(); an error if findings->strict */
	ERROR,
};

/* Says a finding.  Formats are those of say.h. */
void report(struct findings *findings, enum severity severity, const struct location *location,
	const char *format, ...) __attribute__((format(printf, 4, 5)));

/* Begins one that is said in parts: say_add() and say_end() follow.  False if it is not to be said.
 */
bool report_begin(
	struct findings *findings, enum severity severity, const struct location *location);

#endif
