/*
 * ways.h - which ways around the active policy are open on this machine
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STATUS_WAYS_H
#define STATUS_WAYS_H

#include "status/way.h"

/*
 * Prints a line for each way: closed, open or unknown, what that was read from, and what closes it.
 * Changes nothing.  To be called after ipe_open().
 *
 * Returns the heaviest of their states: WAY_OPEN when one is open.
 */
enum way_state ways_print(void);

#endif
