/*
 * mapexec.c - execute bytes that are in no program
 *
 * Usage: mapexec mmap FILE      map an unverified file as executable
 *        mapexec mprotect FILE  map it as readable, make that executable
 *        mapexec anonymous      memory that is writable and executable
 *        mapexec jit            memory that is written, then made executable
 *        mapexec private FILE   a private, writable mapping of a verified file, made executable
 *        mapexec mem            one's own code, overwritten through /proc/self/mem
 *        mapexec brk            the heap of a process with READ_IMPLIES_EXEC
 *        mapexec shm            shared memory (shmat with SHM_EXEC)
 *        mapexec code           print the bytes
 *
 * x86-64: the bytes leave the mark. Status 126 if the kernel does not let them be executed.
 * SPDX-License-Identifier: MIT
 */

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/personality.h>
#include <sys/shm.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "mark.h"

/* mov eax, SYS_msgget; mov edi, MARK_KEY; mov esi, MARK_MODE; syscall; ret */
static const unsigned char code[] = {0xb8, 68, 0, 0, 0, 0xbf, MARK_KEY & 255, MARK_KEY >> 8 & 255,
	MARK_KEY >> 16, 0, 0xbe, MARK_MODE & 255, MARK_MODE >> 8, 0, 0, 0x0f, 0x05, 0xc3};

static void fail(const char *what)
{
	perror(what);
	exit(126);
}

__attribute__((noinline, section(".text.victim"))) static void victim(void)
{
	/* longer than the code above */
	__asm__ volatile(".fill 64, 1, 0x90");
}

int main(int argc, char **argv)
{
	const char *how = argc > 1 ? argv[1] : "";
	int fd = argc > 2 ? open(argv[2], O_RDONLY) : -1;
	void (*run)(void);
	void *at = NULL;

	if (!strcmp(how, "code"))
		return fwrite(code, 1, sizeof(code), stdout) != sizeof(code);
	if (!strcmp(how, "mmap")) {
		at = mmap(NULL, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE, fd, 0);
	} else if (!strcmp(how, "mprotect")) {
		at = mmap(NULL, 4096, PROT_READ, MAP_PRIVATE, fd, 0);
		if (at != MAP_FAILED && mprotect(at, 4096, PROT_READ | PROT_EXEC))
			fail("mprotect");
	} else if (!strcmp(how, "anonymous")) {
		at = mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC,
			MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
		if (at != MAP_FAILED)
			memcpy(at, code, sizeof(code));
	} else if (!strcmp(how, "jit")) {
		at = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
		if (at != MAP_FAILED)
			memcpy(at, code, sizeof(code));
		if (at != MAP_FAILED && mprotect(at, 4096, PROT_READ | PROT_EXEC))
			fail("mprotect");
	} else if (!strcmp(how, "private")) {
		at = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE, fd, 0);
		if (at != MAP_FAILED)
			memcpy(at, code, sizeof(code));
		if (at != MAP_FAILED && mprotect(at, 4096, PROT_READ | PROT_EXEC))
			fail("mprotect");
	} else if (!strcmp(how, "mem")) {
		fd = open("/proc/self/mem", O_RDWR);
		if (pwrite(fd, code, sizeof(code), (off_t)victim) != sizeof(code))
			fail("/proc/self/mem");
		at = (void *)victim;
	} else if (!strcmp(how, "brk")) {
		personality(READ_IMPLIES_EXEC | personality(0xffffffff));
		/* musl's sbrk does not grow the heap. */
		at = (void *)syscall(SYS_brk, 0);
		if ((char *)syscall(SYS_brk, (char *)at + 8192) != (char *)at + 8192)
			fail("brk");
		memcpy(at, code, sizeof(code));
	} else if (!strcmp(how, "shm")) {
		fd = shmget(IPC_PRIVATE, 4096, 0700);
		at = shmat(fd, NULL, 0);
		if (at != (void *)-1)
			memcpy(at, code, sizeof(code));
		at = shmat(fd, NULL, SHM_RDONLY | SHM_EXEC);
		shmctl(fd, IPC_RMID, NULL);
	}
	if (!at || at == MAP_FAILED)
		fail(how);
	memcpy(&run, &at, sizeof(run));
	run();
	return 0;
}
