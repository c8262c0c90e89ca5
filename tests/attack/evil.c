/*
 * evil.c - the unverified program: it leaves the mark, whoever runs it from wherever
 *
 * SPDX-License-Identifier: MIT
 */

#include <sys/syscall.h>
#include <unistd.h>

#include "mark.h"

int main(void)
{
	static const char word[] = "the unverified program ran\n";

	syscall(SYS_msgget, MARK_KEY, MARK_MODE);
	return write(1, word, sizeof(word) - 1) < 0;
}
