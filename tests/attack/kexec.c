/*
 * kexec.c - load another kernel, and leave the mark if it was loaded
 *
 * Usage: kexec file KERNEL INITRAMFS [COMMAND-LINE]   kexec_file_load(2)
 *        kexec memory                                 kexec_load(2), of a page that is no kernel
 *
 * SPDX-License-Identifier: MIT
 */

#include <fcntl.h>
#include <linux/kexec.h>
#include <stdio.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "mark.h"

int main(int argc, char **argv)
{
	static char page[4096];
	struct {
		const void *buffer;
		size_t buffer_size;
		unsigned long memory;
		size_t memory_size;
	} segment = {page, sizeof(page), 0x1000000, sizeof(page)};
	const char *line = argc > 4 ? argv[4] : "quiet";
	long result;

	if (argc > 3)
		result = syscall(SYS_kexec_file_load, open(argv[2], O_RDONLY),
			open(argv[3], O_RDONLY), strlen(line) + 1, line, 0UL);
	else
		result = syscall(SYS_kexec_load, 0x1000000, 1, &segment, KEXEC_ARCH_DEFAULT);
	if (result) {
		perror("kexec");
		return 1;
	}
	msgget(MARK_KEY, MARK_MODE);
	if (argc > 3)
		syscall(SYS_kexec_file_load, -1, -1, 1UL, "", KEXEC_FILE_UNLOAD);
	else
		syscall(SYS_kexec_load, 0, 0, NULL, KEXEC_ARCH_DEFAULT);
	return 0;
}
