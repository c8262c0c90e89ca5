/*
 * dmload.c - load a device-mapper table through one of the doors to the kernel
 *
 * Usage: dmload native|i386|x32|disguised|io_uring|suspended
 *
 * i386 and x32 are the system calls of those ABIs, made from this 64-bit program. disguised is the
 * native call with another size in the command and garbage above its 32 bits. suspended is the
 * native call in a child whose seccomp filter is suspended by ptrace. The table is one sector of
 * the target "error". Prints "loaded" or the errno. SPDX-License-Identifier: MIT
 */

#include <errno.h>
#include <fcntl.h>
#include <linux/dm-ioctl.h>
#include <linux/io_uring.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <sys/wait.h>
#include <unistd.h>

#ifndef MAP_32BIT /* only x86 has other doors that need it */
#define MAP_32BIT 0
#endif

static struct request {
	struct dm_ioctl head;
	struct dm_target_spec target;
	char arguments[8];
} * request;

static void prepare(void)
{
	memset(request, 0, sizeof(*request));
	request->head.version[0] = 4;
	request->head.data_size = sizeof(*request);
	request->head.data_start = sizeof(request->head);
	strcpy(request->head.name, "dmload");
}

#ifdef __x86_64__
/* A system call of the i386 ABI: pointers must be below 4 GiB. */
static long call_i386(long number, long a, long b, long c)
{
	long result;

	__asm__ volatile("int $0x80"
			 : "=a"(result)
			 : "a"(number), "b"(a), "c"(b), "d"(c)
			 : "memory", "r8", "r9", "r10", "r11");
	if (result < 0) {
		errno = (int)-result;
		return -1;
	}
	return result;
}
#endif

/* IORING_OP_URING_CMD with the ioctl's command. */
static long by_io_uring(int fd)
{
	struct io_uring_params params = {0};
	struct io_uring_sqe *sqes;
	char *rings;
	int ring = (int)syscall(SYS_io_uring_setup, 1, &params);

	if (ring < 0)
		return -1;
	rings = mmap(0, 16384, PROT_READ | PROT_WRITE, MAP_SHARED, ring, IORING_OFF_SQ_RING);
	sqes = mmap(0, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, ring, IORING_OFF_SQES);
	if (rings == MAP_FAILED || sqes == MAP_FAILED)
		return -1;
	sqes[0].opcode = IORING_OP_URING_CMD;
	sqes[0].fd = fd;
	sqes[0].cmd_op = (uint32_t)DM_TABLE_LOAD;
	sqes[0].addr = (uintptr_t)request;
	((uint32_t *)(rings + params.sq_off.array))[0] = 0;
	__atomic_fetch_add((uint32_t *)(rings + params.sq_off.tail), 1, __ATOMIC_RELEASE);
	if (syscall(SYS_io_uring_enter, ring, 1, 1, IORING_ENTER_GETEVENTS, 0, 0) != 1)
		return -1;
	errno = -((struct io_uring_cqe *)(rings + params.cq_off.cqes))->res;
	return errno ? -1 : 0;
}

static int suspended(void)
{
	int status = 0;
	pid_t child = fork();

	if (!child) {
		raise(SIGSTOP);
		execl("/proc/self/exe", "dmload", "native", NULL);
		_exit(2);
	}
	waitpid(child, &status, WUNTRACED);
	if (ptrace(PTRACE_SEIZE, child, 0, PTRACE_O_SUSPEND_SECCOMP)) {
		printf("errno %d: %s\n", errno, strerror(errno));
		kill(child, SIGKILL);
		return 1;
	}
	kill(child, SIGCONT);
	while (waitpid(child, &status, 0) == child && !WIFEXITED(status))
		ptrace(PTRACE_CONT, child, 0, 0);
	return WEXITSTATUS(status);
}

int main(int argc, char **argv)
{
	const char *how = argc > 1 ? argv[1] : "native";
	long result = -1;
	int fd;

	if (!strcmp(how, "suspended"))
		return suspended();
	request = mmap(
		0, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_32BIT, -1, 0);
	mkdir("/dev/mapper", 0755);
	mknod("/dev/mapper/control", S_IFCHR | 0600, makedev(10, 236));
	fd = open("/dev/mapper/control", O_RDWR);
	if (fd < 0 || request == MAP_FAILED) {
		perror("/dev/mapper/control");
		return 2;
	}
	prepare();
	if (ioctl(fd, (int)DM_DEV_CREATE, request) && errno != EBUSY) {
		perror("DM_DEV_CREATE");
		return 2;
	}
	prepare();
	request->head.target_count = 1;
	request->target.length = 8;
	request->target.next = sizeof(request->target) + sizeof(request->arguments);
	strcpy(request->target.target_type, "error");
	errno = 0;
	if (!strcmp(how, "native"))
		result = syscall(SYS_ioctl, fd, DM_TABLE_LOAD, request);
#ifdef __x86_64__
	else if (!strcmp(how, "i386"))
		result = call_i386(54, fd, (long)DM_TABLE_LOAD, (long)request);
	else if (!strcmp(how, "x32"))
		result = syscall(0x40000000 + 514, fd, DM_TABLE_LOAD, request);
#endif
	else if (!strcmp(how, "disguised"))
		result = syscall(SYS_ioctl, fd,
			0x1234567800000000 | DM_IOCTL << 8 | DM_TABLE_LOAD_CMD, request);
	else if (!strcmp(how, "io_uring"))
		result = by_io_uring(fd);
	if (result < 0)
		printf("errno %d: %s\n", errno, strerror(errno));
	else
		puts("loaded");
	fd = open("/dev/mapper/control", O_RDWR);
	prepare();
	ioctl(fd, (int)DM_DEV_REMOVE, request);
	return result < 0;
}
