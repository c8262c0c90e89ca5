/*
 * enforce.h - whether IPE enforces
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef HOLD_ENFORCE_H
#define HOLD_ENFORCE_H

#include <stdbool.h>

/* Asks IPE whether it enforces (the node "enforce", security/ipe/fs.c).  Returns 1, 0, or -1 after
 * an error was said. */
int enforcing(void);

/* Makes IPE enforce, whatever ipe.enforce= said, and asks whether it does.  False after an error
 * was said. */
bool enforce(void);

#endif
