/*
 * library.c - an unverified library that leaves the mark as soon as it is loaded
 *
 * SPDX-License-Identifier: MIT
 */

#include <sys/syscall.h>
#include <unistd.h>

#include "mark.h"

__attribute__((constructor)) static void loaded(void)
{
	syscall(SYS_msgget, MARK_KEY, MARK_MODE);
}
