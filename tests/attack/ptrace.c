/*
 * ptrace.c - make another process do what one may not do oneself
 *
 * Usage: ptrace enforce PID    it opens IPE's enforce and writes 0
 *        ptrace mark           a verified child of ours executes bytes that nobody verified
 *
 * x86-64. SPDX-License-Identifier: MIT
 */

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <unistd.h>

#include "mark.h"

static pid_t victim;

/* A signal that came meanwhile: the victim gets it in the end. */
static int held;

static void fail(const char *what)
{
	perror(what);
	exit(1);
}

/* One system call in the victim: the instruction is written over what it would execute next. */
static long inject(const struct user_regs_struct *saved, long number, long a, long b, long c)
{
	struct user_regs_struct regs = *saved;
	long word;
	int status;

	errno = 0;
	word = ptrace(PTRACE_PEEKTEXT, victim, saved->rip, 0);
	if (errno || ptrace(PTRACE_POKETEXT, victim, saved->rip, (word & ~0xffffL) | 0x050f))
		fail("PTRACE_POKETEXT");
	regs.rax = (unsigned long)number;
	regs.orig_rax = (unsigned long)-1;
	regs.rdi = (unsigned long)a;
	regs.rsi = (unsigned long)b;
	regs.rdx = (unsigned long)c;
	regs.r10 = regs.r8 = 0;
	if (ptrace(PTRACE_SETREGS, victim, 0, &regs))
		fail("PTRACE_SETREGS");
	/* A signal stops it before the step: process 1 gets one with each child that ends. */
	for (;;) {
		if (ptrace(PTRACE_SINGLESTEP, victim, 0, 0) ||
			waitpid(victim, &status, 0) != victim || !WIFSTOPPED(status))
			fail("PTRACE_SINGLESTEP");
		if (WSTOPSIG(status) == SIGTRAP)
			break;
		held = WSTOPSIG(status);
	}
	if (ptrace(PTRACE_GETREGS, victim, 0, &regs) ||
		ptrace(PTRACE_POKETEXT, victim, saved->rip, word))
		fail("PTRACE_GETREGS");
	return (long)regs.rax;
}

/* Puts 8 bytes onto its stack. */
static void put(uint64_t where, const char bytes[8])
{
	long word;

	memcpy(&word, bytes, 8);
	if (ptrace(PTRACE_POKEDATA, victim, where, word))
		fail("PTRACE_POKEDATA");
}

/* Through a mount of its own: a process that the initramfs has left sees no /sys. */
static void write_enforce(const struct user_regs_struct *saved)
{
	static const char type[16] = "securityfs", path[16] = "ipe/enforce";
	uint64_t at = (saved->rsp - 1024) & ~7ULL;
	long fd, wrote;

	for (int i = 0; i < 16; i += 8) {
		put(at + (uint64_t)i, type + i);
		put(at + 16 + (uint64_t)i, path + i);
	}
	fd = inject(saved, SYS_fsopen, (long)at, 0, 0);
	inject(saved, SYS_fsconfig, fd, 6 /* FSCONFIG_CMD_CREATE */, 0);
	fd = inject(saved, SYS_fsmount, fd, 0, 0);
	fd = inject(saved, SYS_openat, fd, (long)at + 16, O_WRONLY);
	put(at, "0\0\0\0\0\0\0");
	wrote = inject(saved, SYS_write, fd, (long)at, 1);
	inject(saved, SYS_close, fd, 0, 0);
	printf("%d: open %ld, write %ld\n", (int)victim, fd, wrote);
}

int main(int argc, char **argv)
{
	struct user_regs_struct saved;
	int status;

	if (argc < 2)
		return 2;
	victim = argc > 2 ? atoi(argv[2]) : fork();
	if (!victim)
		for (;;)
			pause();
	if (ptrace(PTRACE_ATTACH, victim, 0, 0) || waitpid(victim, &status, 0) != victim ||
		ptrace(PTRACE_GETREGS, victim, 0, &saved))
		fail("PTRACE_ATTACH");
	if (!strcmp(argv[1], "enforce"))
		write_enforce(&saved);
	else
		inject(&saved, SYS_msgget, MARK_KEY, MARK_MODE, 0);
	if (ptrace(PTRACE_SETREGS, victim, 0, &saved) || ptrace(PTRACE_DETACH, victim, 0, held))
		fail("PTRACE_DETACH");
	if (argc < 3)
		kill(victim, 9);
	return 0;
}
