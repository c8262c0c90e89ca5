/*
 * scripts.h - interpreters that ask whether a script may be executed
 *
 * Linux 6.14 gave interpreters AT_EXECVE_CHECK (execveat(2)), and a process two securebits by which
 * they know what to do with the answer (include/uapi/linux/securebits.h).  IPE answers since 6.19.
 * An interpreter that does not ask is not restricted.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef HOLD_SCRIPTS_H
#define HOLD_SCRIPTS_H

#include <stdbool.h>

/*
 * Sets and locks both bits for this process and all that it executes or forks: a script runs only
 * if the kernel would execute it (SECBIT_EXEC_RESTRICT_FILE), and no commands are taken from
 * standard input or a command line (SECBIT_EXEC_DENY_INTERACTIVE).  Needs no capability.
 *
 * False after an error was said: the kernel is older.
 */
bool scripts_restrict(void);

#endif
