/*
 * dynamic.c - a verified program with shared libraries; loads one more if it is named
 *
 * It never calls leave_mark. SPDX-License-Identifier: MIT
 */

#include <dlfcn.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "mark.h"

void leave_mark(void);

void leave_mark(void)
{
	syscall(SYS_msgget, MARK_KEY, MARK_MODE);
}

int main(int argc, char **argv)
{
	if (argc > 1 && !dlopen(argv[1], RTLD_NOW)) {
		puts(dlerror());
		return 1;
	}
	return 0;
}
