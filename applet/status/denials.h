/*
 * denials.h - what IPE denied, from the kernel's log
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STATUS_DENIALS_H
#define STATUS_DENIALS_H

/*
 * Prints a line for each kind of denial in FILE ("-": standard input; null: the kernel's log), the
 * most frequent first.
 *
 * Returns ipe-status's exit status: 0 when nothing was denied, 1 when something was, or when FILE
 * could not be read, which is said.
 */
int denials_print(const char *file);

#endif
