/*
 * thread.h - whether a thread could undo the seal
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef HOLD_THREAD_H
#define HOLD_THREAD_H

#include <linux/capability.h>

#include "kernel/identity.h"

/* A set of capabilities is a uint64_t, as the kernel shows it in /proc/PID/status: this is the bit
 * of CAP_... */
#define CAPABILITY(number) (UINT64_C(1) << (number))

/* What the file "status" says of a thread (proc_pid_status, fs/proc/array.c). */
struct thread {
	char comm[64];         /* its name: 15 bytes, each of which the kernel may have escaped */
	bool ended, kernel;    /* it has ended; it is one of the kernel's */
	uint64_t capabilities; /* of all its sets together, the bounding set too */
};

/* Reads the file "status" at path below the open directory at.  Returns 0 or -errno. */
int thread_read(struct thread *thread, int at, const char *path);

/* What the seal takes away. */
struct taken {
	uint64_t capabilities;                  /* CAP_MAC_ADMIN, maybe CAP_SYS_ADMIN */
	const struct file_identity *securityfs; /* see hold/descriptor.h */
};

/*
 * Looks at the thread with that number in /proc/PID/task, which is open as tasks.  It could undo
 * the seal when it has one of the capabilities in any of its sets: from the bounding set a program
 * that it executes may get it; or when it has such a descriptor as hold/descriptor.h tells of.
 * What has ended, and a thread of the kernel, could not.  (A kernel before Linux 6.8 does not say
 * which threads are its own; IPE came with 6.12.)
 *
 * Returns 1 and what it has, for messages, 0 when it could not, or -errno.  thread->comm is "" when
 * the name is not known.
 */
int thread_judge(struct thread *thread, int tasks, const char *tid, const struct taken *taken,
	const char **has);

#endif
