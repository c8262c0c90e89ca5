/*
 * errno_words.c - an errno in words
 *
 * Those that opening, reading, writing, mounting and executing return.  strerror(3) knows those of
 * networks as well, at several times the size.
 *
 * SPDX-License-Identifier: MIT
 */
#include "errno_words.h"

#include <errno.h>
#include <stddef.h>

static const struct {
	int error;
	const char *words;
} meanings[] = {
	{EPERM, "not permitted"},
	{EACCES, "permission denied"},
	{ENOENT, "it does not exist"},
	{EIO, "input/output error"},
	{ENOMEM, "out of memory"},
	{EMFILE, "too many open files"},
	{ENFILE, "too many open files"},
	{EISDIR, "is a directory"},
	{ENOTDIR, "not a directory"},
	{ELOOP, "too many links"},
	{ENOSPC, "no space left"},
	{ENOSYS, "this kernel does not have the system call"},
	{EROFS, "mounted read-only"},
	{ENOEXEC, "not a program of this machine"},
	{ENAMETOOLONG, "too long a name"},
	{E2BIG, "too long"},
	{EFBIG, "too long"},
	{EBADF, "not open"},
	{EBUSY, "in use"},
	{EINVAL, "invalid argument"},
};

const char *errno_words(int error)
{
	for (size_t i = 0; i < sizeof(meanings) / sizeof(meanings[0]); i++)
		if (meanings[i].error == error)
			return meanings[i].words;
	return NULL;
}
