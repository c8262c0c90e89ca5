/*
 * process.h - what other processes have
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STATUS_PROCESS_H
#define STATUS_PROCESS_H

#include <stdbool.h>
#include <stdint.h>

/* Is this the first PID namespace, from which every process is seen, and process 1 is init? */
bool process_sees_all(void);

/* What to say otherwise. */
#define PROCESS_NAMESPACE "this PID namespace is not the first: other processes are not seen"

struct process_found {
	char pid[16];
	char comm[64];
};

/*
 * Finds a process, but for process 1, this one and threads of the kernel, one of whose threads has
 * one of the capabilities in any of its sets.
 *
 * Returns 1 and the first, 0 when there is none, or -errno.
 */
int process_find_with(uint64_t capabilities, struct process_found *found);

/*
 * Reads how many seccomp filters bind the thread whose file "status" is at path below /proc
 * (Seccomp_filters, Linux 5.9).  Returns 0 or -errno; ENOENT when the kernel does not say.
 */
int process_count_filters(const char *path, uint64_t *count);

#endif
