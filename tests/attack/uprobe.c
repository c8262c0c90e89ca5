/*
 * uprobe.c - change a variable of a running verified program by an uprobe's reference counter
 *
 * The victim, a child of this same program, leaves the mark once its variable "guard" is no longer
 * what it was; it never writes to it. perf_event_open(2) puts an uprobe onto a function of it that
 * is never called, and says that the probe's counter lies where guard does: the kernel adds one to
 * it (Documentation/trace/uprobetracer.rst, REF_CTR_OFFSET). Any 16 bits of writable data that come
 * from the program's file can be named so, and one probe adds one.
 *
 * Status 0 if the victim saw the change. SPDX-License-Identifier: MIT
 */

#include <link.h>
#include <linux/perf_event.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/msg.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "mark.h"

#define SELF "/attack/uprobe"
#define GUARD 1000

/* In the file, which zero bytes (.bss) are not. */
static volatile short guard = GUARD;

__attribute__((noinline, used)) static void probed(void)
{
	__asm__ volatile("nop");
}

struct search {
	uintptr_t address;
	uint64_t offset; /* in the file; 0 if it is not there */
};

/* Where in the program's file is what lies at search->address? */
static int search_segment(struct dl_phdr_info *info, size_t size, void *data)
{
	struct search *search = data;
	const ElfW(Phdr) * segment;
	uintptr_t start;
	int i;

	(void)size;
	for (i = 0; i < info->dlpi_phnum; i++) {
		segment = &info->dlpi_phdr[i];
		start = info->dlpi_addr + segment->p_vaddr;
		if (segment->p_type == PT_LOAD && search->address >= start &&
			search->address - start < segment->p_filesz) {
			search->offset = search->address - start + segment->p_offset;
			return 1;
		}
	}
	return 0;
}

static uint64_t file_offset(const volatile void *address)
{
	struct search search = {.address = (uintptr_t)address};

	dl_iterate_phdr(search_segment, &search);
	return search.offset;
}

/* The number of the kind of event "uprobe", or -1. */
static int uprobe_type(void)
{
	FILE *file = fopen("/sys/bus/event_source/devices/uprobe/type", "r");
	int type = -1;

	if (!file)
		return -1;
	if (fscanf(file, "%d", &type) != 1)
		type = -1;
	fclose(file);
	return type;
}

static int victim(void)
{
	int tries;

	for (tries = 0; tries < 50; tries++) {
		if (guard != GUARD)
			return msgget(MARK_KEY, MARK_MODE) < 0;
		usleep(100000);
	}
	return 1;
}

int main(void)
{
	struct perf_event_attr event = {.size = sizeof(event)};
	int type = uprobe_type(), status = 1;
	pid_t child;

	if (type < 0) {
		fputs("uprobe: the kernel has none\n", stderr);
		return 1;
	}
	child = fork();
	if (child == 0)
		_exit(victim());
	event.type = (uint32_t)type;
	event.config = file_offset(&guard) << 32;
	event.uprobe_path = (uintptr_t)SELF;
	event.probe_offset = file_offset((void *)probed);
	if (child < 0 || syscall(SYS_perf_event_open, &event, child, -1, -1, 0) < 0) {
		perror("uprobe: perf_event_open");
		if (child > 0)
			kill(child, SIGKILL);
	}
	if (child > 0)
		waitpid(child, &status, 0);
	return !WIFEXITED(status) || WEXITSTATUS(status);
}
