/*
 * survivors.h - processes of the initramfs that could undo the seal
 *
 * Root can attach to a process with ptrace, make it execute what it likes, or fetch its
 * descriptors, and process 1 cannot take a capability from it.  So before process 1 seals it wants
 * none that has the capability in any of its sets, the bounding set too: a program that it executes
 * gets it back from there.  What opens a node of IPE's for writing may write for as long as it
 * stays open, also while it is not in the process's table but in the queue of one of its sockets.
 * An io_uring keeps descriptors, and the credentials of who made it.  One that a thread has
 * registered, and whose descriptor it has closed (IORING_REGISTER_RING_FDS), is shown nowhere, and
 * is not found.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef HOLD_SURVIVORS_H
#define HOLD_SURVIVORS_H

#include <stdbool.h>

/*
 * Waits up to five seconds for other processes with any of seal_capabilities, with a file of
 * securityfs open for writing, with descriptors in the queue of a socket, or with an io_uring, to
 * end.  Each thread counts; kernel threads and what has ended do not.  False after an error that
 * names those left was said.
 */
bool survivors_gone(void);

/* Closes what of that this process has open, inherited or its own.  0, or -errno when its
 * descriptors cannot be listed. */
int survivors_close_own(void);

#endif
