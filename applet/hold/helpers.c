/*
 * helpers.c - the programs that the kernel starts by itself
 *
 * SPDX-License-Identifier: MIT
 */
#include "hold/helpers.h"

#include <errno.h>
#include <fcntl.h>

#include "hold/seal.h"
#include "kernel/kernfs.h"

/* Each file holds a set as two decimal numbers, the lower 32 capabilities first.  What is written
 * is intersected with what is there (proc_cap_handler), so all ones but for the bits to be cleared
 * is what to write. */
static const char *const all_but_mac_admin = "4294967295\t4294967293";
static const char *const all_but_sys_admin_too = "4292870143\t4294967293";
#define DIGITS 21

/* Are any of the capabilities in the set?  1, 0 or -errno. */
static int has_any(int fd)
{
	static char text[64];
	const char *at = text;
	unsigned digit, number = 0, numbers = 0;
	uint64_t set = 0;
	int left = kernfs_read(fd, text, sizeof(text));

	if (left < 0)
		return left;
	/* a tab and a line feed end the numbers (proc_doulongvec_minmax) */
	for (; left && numbers < 2; left--) {
		digit = (unsigned)*at++ - '0';
		if (digit < 10) {
			number = number * 10 + digit;
		} else {
			set = set >> 32 | (uint64_t)number << 32;
			number = 0;
			numbers++;
		}
	}
	if (numbers < 2)
		return -EIO;
	return (set & seal_capabilities) != 0;
}

/* Clears the bits if there are any, and looks again.  0 or -errno. */
static int drop(const char *path)
{
	int fd = kernfs_openat(kernfs_proc(), path, O_RDWR), left = has_any(fd);

	if (left > 0)
		left = kernfs_write(fd,
			seal_capabilities & SEAL_SYS_ADMIN ? all_but_sys_admin_too
							   : all_but_mac_admin,
			DIGITS);
	if (!left)
		left = has_any(fd);
	return kernfs_closed(fd, left > 0 ? -EIO : left);
}

int helpers_drop(void)
{
	int error = drop("sys/kernel/usermodehelper/bset");

	return error ? error : drop("sys/kernel/usermodehelper/inheritable");
}
