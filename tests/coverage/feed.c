/*
 * feed.c - give files to a fuzzer's target, each once
 *
 *   PROGRAM FILE...
 *
 * Linked with one of tests/fuzz/fuzz_*.c, in the place of libFuzzer.
 *
 * SPDX-License-Identifier: MIT
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

int main(int argc, char **argv)
{
	static unsigned char buffer[1 << 20];

	for (int i = 1; i < argc; i++) {
		FILE *file = fopen(argv[i], "rb");
		size_t size = file ? fread(buffer, 1, sizeof(buffer), file) : 0;
		/* Of exactly that size. */
		unsigned char *data = malloc(size);

		if (!file || (size && !data)) {
			perror(argv[i]);
			return 1;
		}
		if (size)
			memcpy(data, buffer, size);
		LLVMFuzzerTestOneInput(data, size);
		free(data);
		fclose(file);
	}
	return 0;
}
