/*
 * halfdrop.c - stay alive with CAP_MAC_ADMIN in one place only
 *
 * Usage: halfdrop thread|bounding|chain
 *
 * thread: the main thread has given it up for good, another thread has not. bounding: it is in the
 * bounding set only, from where a program that is executed gets it back. chain: a child has it that
 * forks another one and ends, which does the same, so that none is there for long.
 * SPDX-License-Identifier: MIT
 */

#include <linux/capability.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

static void *wait_for_ever(void *nothing)
{
	for (;;)
		pause();
	return nothing;
}

static void fork_for_ever(void)
{
	for (;;)
		if (fork() > 0)
			_exit(0);
}

int main(int argc, char **argv)
{
	struct __user_cap_header_struct header = {_LINUX_CAPABILITY_VERSION_3, 0};
	struct __user_cap_data_struct data[2];
	const unsigned bit = CAP_TO_MASK(CAP_MAC_ADMIN);
	pthread_t thread;

	if (argc < 2)
		return 2;
	if (!strcmp(argv[1], "thread") && pthread_create(&thread, NULL, wait_for_ever, NULL))
		return 2;
	if (!strcmp(argv[1], "chain")) {
		/* Here they end up, and are not waited for. */
		signal(SIGCHLD, SIG_IGN);
		if (prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0))
			return 2;
		if (fork() == 0)
			fork_for_ever();
	}
	if (strcmp(argv[1], "bounding") && prctl(PR_CAPBSET_DROP, CAP_MAC_ADMIN, 0, 0, 0))
		return 2;
	if (syscall(SYS_capget, &header, data))
		return 2;
	data[1].effective &= ~bit;
	data[1].permitted &= ~bit;
	data[1].inheritable &= ~bit;
	if (syscall(SYS_capset, &header, data))
		return 2;
	wait_for_ever(NULL);
}
