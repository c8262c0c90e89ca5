/*
 * helpers.c - the programs that the kernel starts by itself
 *
 * SPDX-License-Identifier: MIT
 */
#include "hold/helpers.h"

#include <errno.h>

#include "hold/number.h"
#include "kernel/file.h"
#include "say.h"

/*
 * A file there has a set as two decimal numbers of 32 bits each, the lower one first, then a tab,
 * then the higher one, then a line feed (proc_cap_handler, kernel/umh.c).
 */
static int read_set(int proc, const char *path, uint64_t *set)
{
	struct bytes text;
	uint64_t low, high;
	int error = file_read_whole(proc, path, &text);

	if (error)
		return error;
	if (!number_take(&text, 10, &low) || !bytes_skip(&text, "\t") ||
		!number_take(&text, 10, &high) || !bytes_skip(&text, "\n"))
		return -EIO;
	*set = high << 32 | low;
	return 0;
}

int helpers_read(int proc, uint64_t *capabilities)
{
	uint64_t bounding, inheritable;
	int error = read_set(proc, "sys/kernel/usermodehelper/bset", &bounding);

	if (!error)
		error = read_set(proc, "sys/kernel/usermodehelper/inheritable", &inheritable);
	if (error)
		return error;
	*capabilities = bounding | inheritable;
	return 0;
}

static int write_set(int proc, const char *path, uint64_t set)
{
	char text[NUMBER_LONGEST + sizeof("\t") + NUMBER_LONGEST];
	char *end = number_put(text, (uint32_t)set);

	*end++ = '\t';
	end = number_put(end, (uint32_t)(set >> 32));
	return file_write_path(proc, path, text, (size_t)(end - text));
}

/* Removes the capabilities from the set in one file, and looks whether they are gone.  What has
 * none of them is not written to: that would take rights.  Returns 0 or -errno. */
static int remove_from(int proc, const char *path, uint64_t capabilities)
{
	uint64_t set;
	int error = read_set(proc, path, &set);

	if (error)
		return error;
	if ((set & capabilities) == 0)
		return 0;
	/* The kernel keeps what is both there and written, so all others are written. */
	error = write_set(proc, path, ~capabilities);
	if (error)
		return error;
	error = read_set(proc, path, &set);
	if (error)
		return error;
	return (set & capabilities) == 0 ? 0 : -EIO;
}

bool helpers_lose(int proc, uint64_t capabilities)
{
	int error = remove_from(proc, "sys/kernel/usermodehelper/bset", capabilities);

	if (!error)
		error = remove_from(proc, "sys/kernel/usermodehelper/inheritable", capabilities);
	if (error)
		return fail_errno(error,
			"seal: capabilities cannot be taken from the kernel's helpers "
			"(/proc/sys/kernel/usermodehelper; it takes CAP_SETPCAP and "
			"CAP_SYS_MODULE)");
	return true;
}
