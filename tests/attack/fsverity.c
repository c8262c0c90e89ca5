/*
 * fsverity.c - enable fs-verity on a file, with or without a signature
 *
 * Usage: fsverity FILE [SIGNATURE]. SPDX-License-Identifier: MIT
 */

#include <fcntl.h>
#include <linux/fsverity.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	static char signature[16128];
	struct fsverity_enable_arg arg = {
		.version = 1, .hash_algorithm = FS_VERITY_HASH_ALG_SHA256, .block_size = 4096};
	ssize_t size;

	if (argc < 2)
		return 2;
	if (argc > 2) {
		size = read(open(argv[2], O_RDONLY), signature, sizeof(signature));
		if (size < 0)
			return 2;
		arg.sig_ptr = (uintptr_t)signature;
		arg.sig_size = (uint32_t)size;
	}
	if (ioctl(open(argv[1], O_RDONLY), FS_IOC_ENABLE_VERITY, &arg)) {
		perror("FS_IOC_ENABLE_VERITY");
		return 1;
	}
	return 0;
}
