/*
 * dynamic.c - a verified program with shared libraries; loads one more if it is named
 *
 * SPDX-License-Identifier: MIT
 */

#include <dlfcn.h>
#include <stdio.h>

int main(int argc, char **argv)
{
	if (argc > 1 && !dlopen(argv[1], RTLD_NOW)) {
		puts(dlerror());
		return 1;
	}
	return 0;
}
