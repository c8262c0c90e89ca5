/*
 * way.c - the line about one way around the policy
 *
 * SPDX-License-Identifier: MIT
 */
#include "status/way.h"

#include "say.h"

/* The names begin where those of the policies do; the longest has 18 letters. */
#define NAME_COLUMN 9
#define WHAT_COLUMN 29

enum way_state way_heavier(enum way_state a, enum way_state b)
{
	return a > b ? a : b;
}

static void begin(const char *state, const char *name)
{
	say_begin(SAY_RESULT);
	say_add("%s", state);
	say_add_until_column(NAME_COLUMN);
	say_add("%s", name);
	say_add_until_column(WHAT_COLUMN);
}

static void end(void)
{
	if (!say_is_errors_only())
		say_end();
}

enum way_state way_closed(const char *name, const char *format, ...)
{
	va_list values;

	begin("closed", name);
	va_start(values, format);
	say_add_list(format, values);
	va_end(values);
	end();
	return WAY_CLOSED;
}

enum way_state way_open(const char *name, const char *cure, const char *format, ...)
{
	va_list values;

	begin("open", name);
	va_start(values, format);
	say_add_list(format, values);
	va_end(values);
	say_add("; closed by %s", cure);
	end();
	return WAY_OPEN;
}

enum way_state way_unknown(const char *name, const char *format, ...)
{
	va_list values;

	begin("unknown", name);
	va_start(values, format);
	say_add_list(format, values);
	va_end(values);
	end();
	return WAY_UNKNOWN;
}

enum way_state way_unread(const char *name, const char *where, int error)
{
	begin("unknown", name);
	say_add("%s", where);
	if (error)
		say_add_errno(error);
	end();
	return WAY_UNKNOWN;
}
