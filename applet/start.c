/*
 * start.c - how this program came to run
 *
 * SPDX-License-Identifier: MIT
 */
#include "start.h"

#include <signal.h>

#include <sys/auxv.h>
#include <unistd.h>

static void (*pipe_action)(int);

void start_ignore_pipe(void)
{
	pipe_action = signal(SIGPIPE, SIG_IGN);
}

void start_restore_pipe(void)
{
	signal(SIGPIPE, pipe_action);
}

const char *start_path(void)
{
	const char *path = (const char *)getauxval(AT_EXECFN);

	return path ? path : "";
}
