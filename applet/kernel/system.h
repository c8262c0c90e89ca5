/*
 * system.h - the system calls that are used here
 *
 * Each is the call itself, as its manual page (section 2) has it, but for its result: a failure is
 * -errno.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef KERNEL_SYSTEM_H
#define KERNEL_SYSTEM_H

#include <stddef.h>
#include <stdint.h>
#include <sys/statfs.h>
#include <sys/syscall.h>
#include <sys/types.h>

#include <errno.h>
#include <unistd.h>

static inline long system_call5(long number, long a, long b, long c, long d, long e)
{
	long result = syscall(number, a, b, c, d, e);

	return result == -1 ? -errno : result;
}

#define system_call3(number, a, b, c) system_call5(number, a, b, c, 0, 0)

static _Noreturn inline void sys_exit(int status)
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

#endif
