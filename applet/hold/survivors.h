/*
 * survivors.h - processes of the initramfs that could undo the seal
 *
 * Process 1 cannot take a capability from another process, and root can attach to that one with
 * ptrace, make it execute what it likes, or fetch its descriptors.  So before process 1 seals it
 * wants no other process left that could undo the seal.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef HOLD_SURVIVORS_H
#define HOLD_SURVIVORS_H

#include <stdbool.h>

#include "hold/thread.h"

/*
 * Waits up to five seconds until no thread of any process but process 1 has any of what is taken
 * away.  proc is the root directory of proc.  Process 1 alone may call it.
 *
 * All other processes are stopped (SIGSTOP) then: none can trace process 1, or get anything from
 * it, before it is sealed.  False after an error that names those left was said.
 */
bool survivors_stop(int proc, const struct taken *taken);

/* Lets them go on.  False after an error was said. */
bool survivors_continue(void);

#endif
