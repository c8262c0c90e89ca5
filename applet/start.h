/*
 * start.h - how this program came to run
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef START_H
#define START_H

/* The path that was executed, as execve(2) got it (AT_EXECFN), or "" when the kernel does not tell.
 */
const char *start_path(void);

/*
 * A broken standard output or error is no reason to end (SIGPIPE): start_ignore_pipe ignores that,
 * and start_restore_pipe, before another program is executed, makes it what it was.
 */
void start_ignore_pipe(void);
void start_restore_pipe(void);

#endif
