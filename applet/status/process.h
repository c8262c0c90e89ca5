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

/* In the order of their weight. */
enum process_what {
	PROCESS_NONE,
	PROCESS_MAY_HAVE_FILE,  /* a socket with queued descriptors, or an io_uring */
	PROCESS_HAS_FILE,       /* a file of securityfs, open for writing */
	PROCESS_HAS_CAPABILITY, /* in any of its sets */
};

/* A number's digits. */
#define PROCESS_NUMBER_SIZE 16

struct process_found {
	enum process_what what;
	char pid[PROCESS_NUMBER_SIZE];
	char descriptor[PROCESS_NUMBER_SIZE]; /* for ..._FILE: its number */
	char comm[64];
};

/*
 * Finds the process that could most easily undo the seal: one of whose threads has one of the
 * capabilities in the user namespace of process 1, or a descriptor (hold/descriptor.h).  Threads of
 * the kernel are left out, and the capabilities of process 1 and of this process.
 *
 * Returns 0, or the -errno of what could not be looked at; *found is the heaviest of the others.
 */
int process_find_with(uint64_t capabilities, struct process_found *found);

/*
 * Reads how many seccomp filters bind the thread whose file "status" is at path below /proc
 * (Seccomp_filters, Linux 5.9).  Returns 0 or -errno; ENOENT when the kernel does not say.
 */
int process_count_filters(const char *path, uint64_t *count);

#endif
