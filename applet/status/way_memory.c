/*
 * way_memory.c - how root can write the memory of the kernel and of verified programs
 *
 * SPDX-License-Identifier: MIT
 */
#define _GNU_SOURCE
#include "status/way_memory.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include "hold/number.h"
#include "kernel/file.h"
#include "kernel/mount.h"
#include "kernel/proc.h"
#include "status/setting.h"

enum way_state way_lockdown(void)
{
	static const char name[] = "lockdown", where[] = "/sys/kernel/security/lockdown";
	static const char cure[] = "lockdown=integrity";
	struct bytes modes;
	int error = setting_read_line(mount_securityfs(), "lockdown", &modes);

	if (error == -ENOENT)
		return way_open(name, "a kernel that runs lockdown, and lockdown=integrity",
			"this kernel does not run it");
	if (error)
		return way_unread(name, where, error);
	/* The mode is the word in brackets (security/lockdown/lockdown.c). */
	if (bytes_list_has(modes, "[none]", " "))
		return way_open(name, cure, "%s: none", where);
	if (bytes_list_has(modes, "[integrity]", " "))
		return way_closed(name, "%s: integrity", where);
	if (bytes_list_has(modes, "[confidentiality]", " "))
		return way_closed(name, "%s: confidentiality", where);
	return way_unknown(name, "%s: %pB", where, &modes);
}

/* ---- /dev/mem ---- */

/* Finds where the kernel's code begins in physical memory: "  1000000-1ffffff : Kernel code".
 * Returns 0 or -errno; EPERM when the kernel shows zeros only (it takes CAP_SYS_ADMIN). */
static int find_kernel(uint64_t *address)
{
	struct bytes text, line;
	int error = setting_read("iomem", &text);

	while (!error && bytes_until(&text, &line, "\n")) {
		while (bytes_skip(&line, " "))
			;
		if (!number_take(&line, 16, address))
			return -EIO;
		bytes_until(&line, &(struct bytes){0}, ":");
		if (bytes_are(line, " Kernel code"))
			return *address == 0 ? -EPERM : 0;
	}
	return error ? error : -ENOENT;
}

/* Reads one byte of the kernel's code, which CONFIG_STRICT_DEVMEM refuses by EPERM
 * (devmem_is_allowed and read_mem, drivers/char/mem.c).  Returns 0 or -errno. */
static int read_kernel(int mem, uint64_t address)
{
	char byte;

	return pread(mem, &byte, 1, (off_t)address) == 1 ? 0 : -errno;
}

enum way_state way_dev_mem(enum way_state lockdown)
{
	static const char name[] = "dev-mem", where[] = "/dev/mem";
	uint64_t address;
	int mem, error, has, devtmpfs;

	if (lockdown == WAY_CLOSED)
		return way_closed(name, "lockdown keeps it from being opened");
	has = setting_is_in_sysfs("class/mem/mem");
	if (has == 0)
		return way_closed(name, "this kernel has none");
	if (has < 0)
		return way_unread(name, "/sys/class/mem/mem", has);
	error = find_kernel(&address);
	if (error)
		return way_unread(name, "/proc/iomem: where the kernel is", error);
	devtmpfs = mount_devtmpfs();
	mem = devtmpfs < 0 ? devtmpfs : file_open(devtmpfs, "mem", O_RDONLY);
	if (mem < 0)
		return way_unread(name, where, mem);
	error = read_kernel(mem, address);
	close(mem);
	if (error == -EPERM)
		return way_closed(name, "%s does not show the kernel's memory", where);
	if (error)
		return way_unread(name, where, error);
	return way_open(name, "lockdown=integrity or CONFIG_STRICT_DEVMEM",
		"%s shows the kernel's memory", where);
}

/* ---- verified programs ---- */

/* Tries to write a page that may only be read, and belongs to this process alone, through
 * /proc/self/mem (proc_mem_foll_force, fs/proc/base.c).  1 when it could, 0 or -errno. */
static int can_write_own_memory(int proc)
{
	const long size = sysconf(_SC_PAGESIZE);
	void *page = mmap(NULL, (size_t)size, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	int result, mem;

	if (page == MAP_FAILED)
		return -errno;
	mem = file_open(proc, "self/mem", O_RDWR);
	if (mem < 0) {
		result = mem;
	} else {
		result = pwrite(mem, "", 1, (off_t)(uintptr_t)page) == 1 ? 1 : -errno;
		close(mem);
	}
	munmap(page, (size_t)size);
	return result == -EIO ? 0 : result;
}

enum way_state way_proc_mem(void)
{
	static const char name[] = "proc-mem", where[] = "/proc/self/mem";
	int proc = mount_proc();
	int can = proc < 0 ? proc : can_write_own_memory(proc);

	if (can < 0)
		return way_unread(name, where, can);
	if (can == 0)
		return way_closed(name, "%s does not write read-only memory", where);
	return way_open(name, "proc_mem.force_override=never", "%s writes read-only memory", where);
}

enum way_state way_ptrace(void)
{
	static const char name[] = "ptrace", where[] = "kernel.yama.ptrace_scope";
	uint64_t scope;
	int error = setting_read_number("sys/kernel/yama/ptrace_scope", &scope);

	if (error == -ENOENT)
		return way_open(name, "yama in lsm=, and kernel.yama.ptrace_scope=3",
			"this kernel does not run Yama");
	if (error)
		return way_unread(name, where, error);
	if (scope == 3)
		return way_closed(name, "%s is 3", where);
	return way_open(name, "3", "%s is %u", where, (unsigned)scope);
}

enum way_state way_uprobe(void)
{
	static const char name[] = "uprobe", where[] = "/sys/bus/event_source/devices/uprobe";
	/* Only CONFIG_UPROBE_EVENTS makes it (kernel/events/core.c). */
	int has = setting_is_in_sysfs("bus/event_source/devices/uprobe");

	if (has == 0)
		return way_closed(name, "this kernel has none");
	if (has < 0)
		return way_unread(name, where, has);
	return way_open(name, "a kernel without CONFIG_UPROBES", "%s is there", where);
}

enum way_state way_swap(void)
{
	static const char name[] = "swap", where[] = "/proc/swaps";
	static const char cure[] = "a kernel without CONFIG_SWAP";
	struct bytes text, first;
	int error = setting_read("swaps", &text);

	if (error == -ENOENT)
		return way_closed(name, "this kernel has none");
	if (error)
		return way_unread(name, where, error);
	/* Behind the heading. */
	bytes_until(&text, &first, "\n");
	bytes_until(&text, &first, " \t\n");
	if (first.left > 0)
		return way_open(name, cure, "%s: %pB", where, &first);
	return way_open(name, cure, "%s: none, but root can turn one on", where);
}
