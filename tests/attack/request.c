/*
 * request.c - ask for a key that nobody has, so that the kernel starts /sbin/request-key
 *
 * SPDX-License-Identifier: MIT
 */

#include <linux/keyctl.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(void)
{
	if (syscall(SYS_request_key, "user", "attack", "attack", KEY_SPEC_PROCESS_KEYRING) < 0)
		perror("request_key");
	return 0;
}
