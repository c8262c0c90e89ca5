/*
 * way.h - the line about one way around the policy
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STATUS_WAY_H
#define STATUS_WAY_H

/* In the order of their weight: of several the highest counts. */
enum way_state {
	WAY_CLOSED,
	WAY_UNKNOWN, /* the kernel does not say, or this process may not ask */
	WAY_OPEN,
};

/* The heavier of two. */
enum way_state way_heavier(enum way_state a, enum way_state b);

/*
 * Each prints a line, "STATE NAME WHAT", unless say_errors_only() was called, and returns the
 * state.  NAME is one word, which scripts rely on.  WHAT says what was read, and from where; its
 * formats are those of say().  CURE is what closes the way.
 */
enum way_state way_closed(const char *name, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
enum way_state way_open(const char *name, const char *cure, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
enum way_state way_unknown(const char *name, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* WAY_UNKNOWN, since what WHERE names cannot be read: the errno (or -errno) says why, if it is not
 * 0. */
enum way_state way_unread(const char *name, const char *where, int error);

#endif
