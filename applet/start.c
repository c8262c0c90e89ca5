/*
 * start.c - how this program came to run
 *
 * With musl, on the architectures named below, also how it is started: its own __libc_start_main
 * sets up thread-local storage, the program's name and more, none of which is used here, in 1,600
 * bytes.  In a static program the definitions here come first.  What is called of musl is memory
 * functions and thin wrappers of system calls; these need errno, which here is one variable, and
 * where musl was built with a stack protector, x86-64 looks for its canary where thread-local
 * storage would be.  (i386 is not among the architectures: its system calls go through it too.)
 *
 * SPDX-License-Identifier: MIT
 */
#include "start.h"

#if defined(MUSL_START) && (defined(__x86_64__) || defined(__aarch64__))

#include <elf.h>
#include <sys/syscall.h>
#include <unistd.h>

static const unsigned long *auxiliary;

static int error;

int *__errno_location(void)
{
	return &error;
}

/* The name that musl's own functions use. */
int *___errno_location(void) __attribute__((alias("__errno_location")));

/* Called by crt1.o, see musl's src/env/__libc_start_main.c. */
_Noreturn void __libc_start_main(int (*main)(int, char **, char **), int argc, char **argv);

_Noreturn void __libc_start_main(int (*main)(int, char **, char **), int argc, char **argv)
{
	char **end = environ = argv + argc + 1;

#ifdef __x86_64__
	/* arch/x86/include/uapi/asm/prctl.h: ARCH_SET_FS.  The canary is the sixth word. */
	static unsigned long thread[16];
	long failed;

	__asm__ volatile("syscall"
			 : "=a"(failed)
			 : "a"(SYS_arch_prctl), "D"(0x1002), "S"(thread)
			 : "rcx", "r11", "memory");
	if (failed)
		__builtin_trap();
#endif
	while (*end)
		end++;
	auxiliary = (const unsigned long *)(end + 1);
	_exit(main(argc, argv, environ));
}

const char *start_path(void)
{
	const unsigned long *entry;

	for (entry = auxiliary; entry[0] != AT_NULL; entry += 2)
		if (entry[0] == AT_EXECFN)
			return (const char *)entry[1];
	return "";
}

#else

#include <sys/auxv.h>

const char *start_path(void)
{
	const char *path = (const char *)getauxval(AT_EXECFN);

	return path ? path : "";
}

#endif
