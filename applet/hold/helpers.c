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

int helpers_read_set(int proc, const char *path, uint64_t *set)
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
	int error = helpers_read_set(proc, path, &set);

	if (error)
		return error;
	if ((set & capabilities) == 0)
		return 0;
	/* The kernel keeps what is both there and written, so all others are written. */
	error = write_set(proc, path, ~capabilities);
	if (error)
		return error;
	error = helpers_read_set(proc, path, &set);
	if (error)
		return error;
	return (set & capabilities) == 0 ? 0 : -EIO;
}

bool helpers_lose(int proc, uint64_t capabilities)
{
	int error = remove_from(proc, HELPERS_BOUNDING, capabilities);

	if (!error)
		error = remove_from(proc, HELPERS_INHERITABLE, capabilities);
	if (error)
		return fail_errno(error,
			"seal: capabilities cannot be taken from the kernel's helpers "
			"(/proc/sys/kernel/usermodehelper; it takes CAP_SETPCAP and "
			"CAP_SYS_MODULE)");
	return true;
}
