/*
 * system.h - the system calls that are used here
 *
 * Each is the call itself, as its manual page (section 2) has it, but for its result: a failure is
 * -errno.  On x86-64 and aarch64 nothing of the C library stands between: its wrappers, made for
 * threads and for older kernels, are several times as long, and so is what asks for errno.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef SYSTEM_H
#define SYSTEM_H

#include <stddef.h>
#include <stdint.h>
#include <sys/statfs.h>
#include <sys/syscall.h>
#include <sys/types.h>

#if defined(__x86_64__) && !defined(__ILP32__)

static inline long system_call3(long number, long a, long b, long c)
{
	long result;

	__asm__ volatile("syscall"
			 : "=a"(result)
			 : "a"(number), "D"(a), "S"(b), "d"(c)
			 : "rcx", "r11", "memory");
	return result;
}

static inline long system_call5(long number, long a, long b, long c, long d, long e)
{
	register long fourth __asm__("r10") = d, fifth __asm__("r8") = e;
	long result;

	__asm__ volatile("syscall"
			 : "=a"(result)
			 : "a"(number), "D"(a), "S"(b), "d"(c), "r"(fourth), "r"(fifth)
			 : "rcx", "r11", "memory");
	return result;
}

#elif defined(__aarch64__)

static inline long system_call5(long number, long a, long b, long c, long d, long e)
{
	register long call __asm__("x8") = number, first __asm__("x0") = a;
	register long second __asm__("x1") = b, third __asm__("x2") = c;
	register long fourth __asm__("x3") = d, fifth __asm__("x4") = e;

	__asm__ volatile("svc 0"
			 : "+r"(first)
			 : "r"(call), "r"(second), "r"(third), "r"(fourth), "r"(fifth)
			 : "memory", "cc");
	return first;
}

#define system_call3(number, a, b, c) system_call5(number, a, b, c, 0, 0)

#else

#include <errno.h>
#include <unistd.h>

#define SYSTEM_LIBC

static inline long system_call5(long number, long a, long b, long c, long d, long e)
{
	long result = syscall(number, a, b, c, d, e);

	return result == -1 ? -errno : result;
}

#define system_call3(number, a, b, c) system_call5(number, a, b, c, 0, 0)

#endif

/* By itself: that is shorter than three times. */
static _Noreturn __attribute__((__noinline__, __unused__)) void sys_exit(int status)
{
	for (;;)
		system_call3(SYS_exit_group, status, 0, 0);
}

static inline void sys_close(int fd)
{
	system_call3(SYS_close, fd, 0, 0);
}

static inline int sys_openat(int directory, const char *path, int flags)
{
	return (int)system_call3(SYS_openat, directory, (long)path, flags);
}

static inline long sys_read(int fd, void *buffer, size_t size)
{
	return system_call3(SYS_read, fd, (long)buffer, (long)size);
}

static inline long sys_write(int fd, const void *buffer, size_t size)
{
	return system_call3(SYS_write, fd, (long)buffer, (long)size);
}

static inline long sys_getdents64(int fd, void *buffer, size_t size)
{
	return system_call3(SYS_getdents64, fd, (long)buffer, (long)size);
}

static inline int sys_execve(const char *path, char **argv, char **environment)
{
	return (int)system_call3(SYS_execve, (long)path, (long)argv, (long)environment);
}

static inline int sys_getpid(void)
{
	return (int)system_call3(SYS_getpid, 0, 0, 0);
}

/* Returns early when a signal comes. */
static inline void sys_pause(unsigned milliseconds)
{
	const long time[] = {0, (long)milliseconds * 1000000};

	system_call3(SYS_nanosleep, (long)time, 0, 0);
}

static inline int sys_prctl(int operation, unsigned long a, unsigned long b)
{
	return (int)system_call5(SYS_prctl, operation, (long)a, (long)b, 0, 0);
}

static inline int sys_statx(int directory, const char *path, int flags, unsigned mask, void *buffer)
{
	return (int)system_call5(SYS_statx, directory, (long)path, flags, mask, (long)buffer);
}

#ifdef SYSTEM_LIBC
/* On 32 bits these take their arguments in other ways. */

static inline long sys_pread(int fd, void *buffer, size_t size, off_t offset)
{
	long result = pread(fd, buffer, size, offset);

	return result < 0 ? -errno : result;
}

static inline int sys_statfs(const char *path, struct statfs *buffer)
{
	return statfs(path, buffer) ? -errno : 0;
}

#else

static inline long sys_pread(int fd, void *buffer, size_t size, off_t offset)
{
	return system_call5(SYS_pread64, fd, (long)buffer, (long)size, offset, 0);
}

static inline int sys_statfs(const char *path, struct statfs *buffer)
{
	return (int)system_call3(SYS_statfs, (long)path, (long)buffer, 0);
}

#endif
#endif
