/*
 * signal.h - what a signal does to this process
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef KERNEL_SIGNAL_H
#define KERNEL_SIGNAL_H

/* As rt_sigaction(2) has it: first the handler, then flags, mask and more in an order that is the
 * processor's own.  All of that is 0 for SIG_IGN and SIG_DFL. */
struct signal_action {
	void (*handler)(int);
	unsigned long rest[4];
};

/*
 * Sets what a signal does; *former becomes what it did before, unless former is null.  musl's
 * signal(3) would bring 1,100 bytes of locks for threads, which there are none of here.
 */
void signal_set(int number, const struct signal_action *action, struct signal_action *former);

#endif
