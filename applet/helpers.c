/*
 * helpers.c - the programs that the kernel starts by itself
 *
 * SPDX-License-Identifier: MIT
 */
#include "helpers.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>

#include "kernfs.h"
#include "prose.h"

/* Each file holds a set as two decimal numbers, the lower 32 capabilities first.  What is written
 * is intersected with what is there (proc_cap_handler), so all ones but for the bits to be cleared
 * is what to write. */
static const char *const all_but_mac_admin = PROSE("4294967295\t4294967293");
static const char *const all_but_sys_admin_too = PROSE("4292870143\t4294967293");
#define DIGITS 21

/* The bits to be cleared in the lower number; in the upper it is CAP_MAC_ADMIN. */
static unsigned lower;

/* Are any of the bits in the set?  1, 0 or -errno. */
static int has_bits(int fd)
{
	unsigned word[2] = {0, 0}, words = 0, digit;
	char text[64];
	long got = kernfs_read(fd, text, sizeof(text)), at;

	if (got < 0)
		return (int)got;
	/* a tab and a line feed end the numbers (proc_doulongvec_minmax) */
	for (at = 0; at < got && words < 2; at++) {
		digit = (unsigned)text[at] - '0';
		if (digit < 10)
			word[words] = word[words] * 10 + digit;
		else
			words++;
	}
	if (words < 2)
		return -EIO;
	return (word[0] & lower) || word[1] & CAP_TO_MASK(CAP_MAC_ADMIN);
}

/* Clears the bits if there are any, and looks again.  0 or -errno. */
static int drop(const char *path)
{
	int fd = kernfs_openat(kernfs_proc(), prose_of(path), O_RDWR), left = has_bits(fd);

	if (left > 0)
		left = kernfs_write(
			fd, prose_of(lower ? all_but_sys_admin_too : all_but_mac_admin), DIGITS);
	if (!left)
		left = has_bits(fd);
	kernfs_close(fd);
	return left > 0 ? -EIO : left;
}

int helpers_drop(bool sys_admin)
{
	int error;

	if (sys_admin)
		lower = CAP_TO_MASK(CAP_SYS_ADMIN);
	error = drop(PROSE("sys/kernel/usermodehelper/bset"));
	return error ? error : drop(PROSE("sys/kernel/usermodehelper/inheritable"));
}
