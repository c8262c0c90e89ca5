/*
 * denials.c - what IPE denied, from the kernel's log
 *
 * SPDX-License-Identifier: MIT
 */
#include "status/denials.h"

#include <stddef.h>

#include "say.h"

int denials_print(const char *file)
{
	fail("%s: not built yet", file ? file : "/dev/kmsg");
	return 1;
}
