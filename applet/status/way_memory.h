/*
 * way_memory.h - how root can write the memory of the kernel and of verified programs
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STATUS_WAY_MEMORY_H
#define STATUS_WAY_MEMORY_H

#include "status/way.h"

/* Each prints its line, and returns its state (status/way.h). */

/* Lockdown is off: root has the kernel by I/O ports, MSRs, ACPI tables, BPF programs that write...
 */
enum way_state way_lockdown(void);

/* /dev/mem gives access to the kernel's memory.  lockdown is the state of the one before. */
enum way_state way_dev_mem(enum way_state lockdown);

/* A program can write over code through /proc/self/mem. */
enum way_state way_proc_mem(void);

/* ptrace(2) of verified programs. */
enum way_state way_ptrace(void);

/* Uprobes, whose reference counters add to variables of verified programs. */
enum way_state way_uprobe(void);

/* Memory goes to a disk, and comes from there. */
enum way_state way_swap(void);

#endif
