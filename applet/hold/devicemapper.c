/*
 * devicemapper.c - taking device-mapper tables away from every process
 *
 * A table reaches the kernel through one ioctl only (drivers/md/dm-ioctl.c).  It is told by the
 * command's type and number; size and direction do not matter there.  io_uring has no operation
 * that becomes an ioctl, and the control device answers none of its own (IORING_OP_URING_CMD).
 *
 * SPDX-License-Identifier: MIT
 */
#include "hold/devicemapper.h"

#include <endian.h>
#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>

#include "kernel/system.h"

/* DM_IOCTL and DM_TABLE_LOAD_CMD (include/uapi/linux/dm-ioctl.h), as _IOC places them on all
 * machines below. */
#define TABLE_LOAD 0xfd09

/* ioctl's number in the two ABIs of a 64-bit kernel; the first has two numbers on x86: x32 programs
 * use 514 with bit 30 set. */
#define X32_BIT 0x40000000U
#if defined(__x86_64__) || defined(__i386__)
#define WIDE AUDIT_ARCH_X86_64
#define WIDE_IOCTL 16
#define WIDE_IOCTL_TOO 514
#define NARROW AUDIT_ARCH_I386
#define NARROW_IOCTL 54
#elif defined(__aarch64__) || defined(__arm__)
#define WIDE AUDIT_ARCH_AARCH64
#define WIDE_IOCTL 29
#define NARROW AUDIT_ARCH_ARM
#define NARROW_IOCTL 54
#elif defined(__riscv)
#define WIDE AUDIT_ARCH_RISCV64
#define WIDE_IOCTL 29
#define NARROW AUDIT_ARCH_RISCV32
#define NARROW_IOCTL 29
#elif defined(__loongarch__)
#define WIDE AUDIT_ARCH_LOONGARCH64
#define WIDE_IOCTL 29
#define NARROW AUDIT_ARCH_LOONGARCH32
#define NARROW_IOCTL 29
#endif
#ifndef WIDE_IOCTL_TOO
#define WIDE_IOCTL_TOO WIDE_IOCTL
#endif

#ifdef WIDE

#if __BYTE_ORDER == __LITTLE_ENDIAN
#define LOWER_HALF 0
#else
#define LOWER_HALF 4
#endif
#define LOAD(field) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, field))
#define IS(value, yes, no) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, value, yes, no)
#define AND(value) BPF_STMT(BPF_ALU | BPF_AND | BPF_K, value)
#define RETURN(value) BPF_STMT(BPF_RET | BPF_K, value)

/* The argument is looked at for ioctl only, so that the kernel can tell beforehand that every other
 * call is allowed (seccomp_cache_prepare). */
static const struct sock_filter filter[] = {
	LOAD(arch),
	IS(WIDE, 0, 4),
	LOAD(nr),
	AND(~X32_BIT),
	IS(WIDE_IOCTL, 4, 0),
	IS(WIDE_IOCTL_TOO, 3, 6),
	IS(NARROW, 0, 7),
	LOAD(nr),
	IS(NARROW_IOCTL, 0, 3),
	BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, args[1]) + LOWER_HALF),
	AND(0xffff),
	IS(TABLE_LOAD, 1, 0),
	RETURN(SECCOMP_RET_ALLOW),
	RETURN(SECCOMP_RET_ERRNO | EPERM),
	/* An ABI that nobody has thought of here may have an ioctl too. */
	RETURN(SECCOMP_RET_KILL_PROCESS),
};

int devicemapper_seal(void)
{
	const struct sock_fprog program = {
		sizeof(filter) / sizeof(*filter), (struct sock_filter *)filter};

	/* Without the flag some kernels slow every process down for the filter's sake. */
	int error = (int)system_call3(SYS_seccomp, SECCOMP_SET_MODE_FILTER,
		SECCOMP_FILTER_FLAG_SPEC_ALLOW, (long)&program);

	/* Any descriptor serves: without the filter it is EBADF. */
	if (!error && system_call3(SYS_ioctl, -1, TABLE_LOAD, 0) != -EPERM)
		error = -EIO;
	return error;
}

#else

int devicemapper_seal(void)
{
	return -ENOSYS;
}

#endif
