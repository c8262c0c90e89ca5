/*
 * report.c - what ipe-check finds in a file: errors and warnings
 *
 * SPDX-License-Identifier: MIT
 */
#include "check/report.h"

#include <stdarg.h>

#include "say.h"

bool report_begin(
	struct findings *findings, enum severity severity, const struct location *location)
{
	if (findings->strict)
		severity = ERROR;
	if (severity == ERROR)
		findings->errors++;
	else if (say_is_errors_only())
		return false;
	say_begin(SAY_REPORT);
	say_add("%s:", location->file);
	if (location->line)
		say_add("%u:", location->line);
	if (location->column)
		say_add("%u:", location->column);
	say_add(severity == ERROR ? " error: " : " warning: ");
	return true;
}

void report(struct findings *findings, enum severity severity, const struct location *location,
	const char *format, ...)
{
	va_list values;

	if (!report_begin(findings, severity, location))
		return;
	va_start(values, format);
	say_add_list(format, values);
	va_end(values);
	say_end();
}
