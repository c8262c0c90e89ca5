/*
 * ways.h - which ways around the active policy are open on this machine
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STATUS_WAYS_H
#define STATUS_WAYS_H

enum ways_found {
	WAYS_CLOSED, /* all are closed, or not known to be open */
	WAYS_OPEN,   /* at least one is open */
	WAYS_UNREAD, /* the kernel could not be asked, which was said */
};

/* Prints a line for each way: closed, open or unknown, what that was read from, and what closes it.
 * To be called after ipe_open(). */
enum ways_found ways_print(void);

#endif
