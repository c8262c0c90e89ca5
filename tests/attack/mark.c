/*
 * mark.c - has an unverified program run since the last time?
 *
 * Status 0 if so, 1 if not; the mark is gone afterwards. "mark set" leaves it: for what counts as
 * an unverified program although it is none (a kernel, a module).
 *
 * SPDX-License-Identifier: MIT
 */

#include <sys/ipc.h>
#include <sys/msg.h>

#include "mark.h"

int main(int argc, char **argv)
{
	int id;

	(void)argv;
	id = msgget(MARK_KEY, argc > 1 ? MARK_MODE : 0);
	if (argc > 1)
		return id < 0;
	if (id < 0)
		return 1;
	return msgctl(id, IPC_RMID, 0) ? 2 : 0;
}
