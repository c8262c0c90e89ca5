/*
 * helpers.c - the programs that the kernel starts by itself
 *
 * SPDX-License-Identifier: MIT
 */
#include "helpers.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include "kernfs.h"

/* Each file holds a set as two decimal numbers, the lower 32 capabilities first.  What is written
 * is intersected with what is there (proc_cap_handler), so all ones but for the bits to be cleared
 * is what to write: CAP_MAC_ADMIN is bit 33, CAP_SYS_ADMIN bit 21. */
static const char *const all_but_mac_admin = "4294967295\t4294967293";
static const char *const all_but_sys_admin_too = "4292870143\t4294967293";

static const uint64_t mac_admin = UINT64_C(1) << CAP_MAC_ADMIN;
static const uint64_t sys_admin = UINT64_C(1) << CAP_SYS_ADMIN;

/* Reads a set.  0 or -errno. */
static int read_set(int fd, uint64_t *set)
{
	char text[64];
	uint64_t word[2] = {0, 0};
	long got = kernfs_read(fd, text, sizeof(text)), at;
	unsigned words = 0;
	bool digit = false;

	if (got < 0)
		return (int)got;
	for (at = 0; at < got && words < 2; at++) {
		if (text[at] >= '0' && text[at] <= '9') {
			word[words] = word[words] * 10 + (unsigned)(text[at] - '0');
			digit = true;
		} else if (digit) {
			words++;
			digit = false;
		}
	}
	*set = word[0] | word[1] << 32;
	return words == 2 ? 0 : -EIO;
}

/* Reads the set, clears the bits if there are any, and reads it again.  0 or -errno. */
static int drop(int proc, const char *path, uint64_t bits, const char *rest)
{
	int fd = kernfs_openat(proc, path, O_RDONLY), out, error;
	uint64_t set = 0;

	if (fd < 0)
		return fd;
	error = read_set(fd, &set);
	if (!error && (set & bits)) {
		out = kernfs_openat(proc, path, O_WRONLY);
		if (out < 0) {
			error = out;
		} else {
			if (write(out, rest, strlen(rest)) < 0)
				error = -errno;
			close(out);
		}
		if (!error)
			error = read_set(fd, &set);
		if (!error && (set & bits))
			error = -EIO;
	}
	close(fd);
	return error;
}

int helpers_drop(int proc, bool sys_admin_too)
{
	const uint64_t bits = sys_admin_too ? mac_admin | sys_admin : mac_admin;
	const char *rest = sys_admin_too ? all_but_sys_admin_too : all_but_mac_admin;
	int error = drop(proc, "sys/kernel/usermodehelper/bset", bits, rest);

	return error ? error : drop(proc, "sys/kernel/usermodehelper/inheritable", bits, rest);
}
