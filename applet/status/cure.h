/*
 * cure.h - what would allow what was denied
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STATUS_CURE_H
#define STATUS_CURE_H

#include "status/kinds.h"

/*
 * Prints what would allow denials of this kind: lines that are indented, and rules for a policy
 * that are indented further.  It is said from what the record says; when the record is one of this
 * machine's, since it booted, the file and its device are looked at, too.
 */
void cure_print(const struct kind *kind, bool this_machine);

#endif
