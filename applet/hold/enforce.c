/*
 * enforce.c - whether IPE enforces
 *
 * SPDX-License-Identifier: MIT
 */
#include "hold/enforce.h"

#include "kernel/ipe.h"
#include "say.h"

int enforcing(void)
{
	int is = ipe_is_enforcing();

	if (is < 0) {
		fail_errno(is, "enforce: cannot be read");
		return -1;
	}
	return is;
}

bool enforce(void)
{
	int error, is = enforcing();

	if (is != 0)
		return is > 0;
	error = ipe_set_enforcing();
	if (error)
		return fail_errno(error, "enforce: cannot be set");
	is = enforcing();
	if (is == 0)
		return fail("enforce: IPE does not enforce although it is set");
	return is > 0;
}
