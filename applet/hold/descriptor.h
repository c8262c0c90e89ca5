/*
 * descriptor.h - open descriptors that could undo the seal
 *
 * Who has opened a node of IPE's for writing may write to it for as long as it stays open, also
 * without CAP_MAC_ADMIN, and also while the descriptor is not in the process's table but in the
 * queue of one of its Unix sockets.  An io_uring keeps descriptors, and the credentials of who made
 * it.  One that a thread has registered and closed (IORING_REGISTER_RING_FDS) is shown nowhere, and
 * is not found.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef HOLD_DESCRIPTOR_H
#define HOLD_DESCRIPTOR_H

#include "kernel/identity.h"

/* What such a descriptor is, for messages. */
#define DESCRIPTOR_DANGERS "an open file of securityfs, queued descriptors or an io_uring"

/*
 * Finds one among those of /proc/PID, or /proc/PID/task/TID, that is open as process: it is a file
 * of securityfs that is open for writing, a socket with descriptors in its queue, or an io_uring.
 * securityfs is the identity of any file of securityfs, or all zero when the kernel has none.
 *
 * Files of another user's FUSE file system are passed over: nobody else may ask what they are.
 *
 * Returns 1 and its number in decimal, which is valid until the next call, 0 when there is none, or
 * -errno.
 */
int descriptor_find_danger(
	int process, const struct file_identity *securityfs, const char **number);

/*
 * Closes those of this process, so that INIT does not get them, whoever opened them.  All others
 * stay open.  proc is the root directory of proc.
 *
 * False after an error was said.
 */
bool descriptor_close_dangers(int proc, const struct file_identity *securityfs);

#endif
