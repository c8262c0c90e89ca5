/*
 * proc.c - files of proc
 *
 * SPDX-License-Identifier: MIT
 */
#include "kernel/proc.h"

#include "kernel/file.h"
#include "kernel/mount.h"

int proc_read(const char *path, struct bytes *content)
{
	int proc = mount_proc();

	return proc < 0 ? proc : file_read_whole(proc, path, content);
}
