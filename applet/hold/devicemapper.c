/*
 * devicemapper.c - who may load device-mapper tables
 *
 * A table reaches the kernel through one ioctl only (drivers/md/dm-ioctl.c), which is told by the
 * command's type and number: size and direction do not matter there.  io_uring has no operation
 * that becomes an ioctl, and the control device answers none of its own (IORING_OP_URING_CMD).
 *
 * SPDX-License-Identifier: MIT
 */
#define _GNU_SOURCE
#include "hold/devicemapper.h"

#include <endian.h>
#include <errno.h>
#include <linux/audit.h>
#include <linux/dm-ioctl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "say.h"

/* include/uapi/linux/seccomp.h; older headers lack them. */
#define MY_SECCOMP_FILTER_FLAG_SPEC_ALLOW 4
#define MY_SECCOMP_RET_KILL_PROCESS 0x80000000U

/* Without the filter it would be EBADF: -1 is no descriptor. */
bool devicemapper_forbids_tables(void)
{
	return syscall(SYS_ioctl, -1, DM_TABLE_LOAD, NULL) == -1 && errno == EPERM;
}

/* Of a command the kernel looks at these bits: the type and the number (linux/ioctl.h). */
#define TYPE_AND_NUMBER 0xffff
#define TABLE_LOAD (DM_TABLE_LOAD & TYPE_AND_NUMBER)

/*
 * A kernel of 64 bits has two ABIs, which the filter is told by the names of linux/audit.h.  Each
 * has a number of its own for ioctl.  That of x86-64 has a second one, 514 with a mark, for x32
 * programs (arch/x86/entry/syscalls/syscall_64.tbl); elsewhere the same number stands there twice.
 */
#if defined(__x86_64__) || defined(__i386__)
#define ABI_64 AUDIT_ARCH_X86_64
#define IOCTL_64 16
#define IOCTL_64_TOO 514
#define ABI_32 AUDIT_ARCH_I386
#define IOCTL_32 54
#elif defined(__aarch64__) || defined(__arm__)
#define ABI_64 AUDIT_ARCH_AARCH64
#define IOCTL_64 29
#define IOCTL_64_TOO 29
#define ABI_32 AUDIT_ARCH_ARM
#define IOCTL_32 54
#elif defined(__riscv)
#define ABI_64 AUDIT_ARCH_RISCV64
#define IOCTL_64 29
#define IOCTL_64_TOO 29
#define ABI_32 AUDIT_ARCH_RISCV32
#define IOCTL_32 29
#elif defined(__loongarch__)
#define ABI_64 AUDIT_ARCH_LOONGARCH64
#define IOCTL_64 29
#define IOCTL_64_TOO 29
#define ABI_32 AUDIT_ARCH_LOONGARCH32
#define IOCTL_32 29
#endif

/* The mark of an x32 call; no other ABI has numbers so high. */
#define X32_MARK 0x40000000U

#if defined(ABI_64) && __BYTE_ORDER == __LITTLE_ENDIAN

/* The filter's instructions (linux/filter.h).  A jump says how many instructions it skips. */
#define LOAD(field) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, field))
#define KEEP_BITS(bits) BPF_STMT(BPF_ALU | BPF_AND | BPF_K, bits)
#define IF_SKIP(value, count) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, value, count, 0)
#define UNLESS_SKIP(value, count) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, value, 0, count)
#define RETURN(action) BPF_STMT(BPF_RET | BPF_K, action)

/*
 * The arguments are loaded for ioctl only, so that the kernel knows beforehand that every other
 * call is allowed, and does not run the filter for it (seccomp_cache_prepare).  LOAD takes 32 bits:
 * of the command, args[1], the lower half.
 */
static const struct sock_filter filter[] = {
	LOAD(arch),
	UNLESS_SKIP(ABI_64, 10),
	LOAD(nr),
	KEEP_BITS(~X32_MARK),
	IF_SKIP(IOCTL_64, 2),
	IF_SKIP(IOCTL_64_TOO, 1),
	RETURN(SECCOMP_RET_ALLOW),
	LOAD(args[1]),
	KEEP_BITS(TYPE_AND_NUMBER),
	UNLESS_SKIP(TABLE_LOAD, 1),
	RETURN(SECCOMP_RET_ERRNO | EPERM),
	RETURN(SECCOMP_RET_ALLOW),

	/* arch is still loaded. */
	UNLESS_SKIP(ABI_32, 8),
	LOAD(nr),
	IF_SKIP(IOCTL_32, 1),
	RETURN(SECCOMP_RET_ALLOW),
	LOAD(args[1]),
	KEEP_BITS(TYPE_AND_NUMBER),
	UNLESS_SKIP(TABLE_LOAD, 1),
	RETURN(SECCOMP_RET_ERRNO | EPERM),
	RETURN(SECCOMP_RET_ALLOW),

	/* An ABI that is not known here may have an ioctl, too. */
	RETURN(MY_SECCOMP_RET_KILL_PROCESS),
};

/* Returns 0 or -errno. */
static int install_filter(void)
{
	const struct sock_fprog program = {
		sizeof(filter) / sizeof(filter[0]),
		(struct sock_filter *)filter,
	};

	/* Without the flag some kernels slow every process down for the filter's sake. */
	return syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, MY_SECCOMP_FILTER_FLAG_SPEC_ALLOW,
		       &program)
		       ? -errno
		       : 0;
}

bool devicemapper_forbid_tables(void)
{
	int error = install_filter();

	if (error)
		return fail_errno(error, "seal: device-mapper tables cannot be taken away (it "
					 "takes CONFIG_SECCOMP_FILTER and CAP_SYS_ADMIN)");
	if (!devicemapper_forbids_tables())
		return fail("seal: device-mapper tables can still be loaded");
	return true;
}

#else

bool devicemapper_forbid_tables(void)
{
	return fail("seal: device-mapper tables cannot be taken away on this processor: "
		    "its system calls are not known here");
}

#endif
