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
		fail_errno(is, "enforce: IPE cannot be asked whether it enforces");
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
		return fail_errno(error, "enforce: IPE cannot be set to enforce");
	is = enforcing();
	if (is == 0)
		return fail("enforce: IPE does not enforce although it was set to");
	return is > 0;
}
