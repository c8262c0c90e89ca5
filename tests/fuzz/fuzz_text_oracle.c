/*
 * fuzz_text_oracle.c - the policy reader and the kernel's parser on the same bytes
 *
 * Stops at the first text that the two see differently.
 *
 * libFuzzer: -max_len=512
 *
 * SPDX-License-Identifier: MIT
 */
#include <stdio.h>
#include <stdlib.h>

#include "oracle.h"

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	struct comparison result;

	if (size <= ORACLE_MAX && !oracle_compare((struct bytes){data, size}, &result)) {
		fprintf(stderr, "difference: %s\n", result.difference);
		abort();
	}
	return 0;
}
