/*
 * securebits.c - show what of a process the seal must leave alone
 *
 * Prints "securebits=N", "no_new_privs=N", "dumpable=N". SPDX-License-Identifier: MIT
 */

#include <stdio.h>
#include <sys/prctl.h>

int main(void)
{
	printf("securebits=%d\n", prctl(PR_GET_SECUREBITS, 0, 0, 0, 0));
	printf("no_new_privs=%d\n", prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0));
	printf("dumpable=%d\n", prctl(PR_GET_DUMPABLE, 0, 0, 0, 0));
	return 0;
}
