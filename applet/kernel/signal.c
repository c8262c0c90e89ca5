/*
 * signal.c - what a signal does to this process
 *
 * SPDX-License-Identifier: MIT
 */
#define _GNU_SOURCE
#include "kernel/signal.h"

#include <sys/syscall.h>
#include <unistd.h>

/* The kernel's sigset_t has as many bytes on the machines that have IPE. */
#define MASK_SIZE 8

void signal_set(int number, const struct signal_action *action, struct signal_action *former)
{
	syscall(SYS_rt_sigaction, number, action, former, MASK_SIZE);
}
