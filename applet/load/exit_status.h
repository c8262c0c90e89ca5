/*
 * exit_status.h - exit statuses of ipe-load, and of ipe-status where it finds no IPE
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef LOAD_EXIT_STATUS_H
#define LOAD_EXIT_STATUS_H

enum load_status {
	LOAD_GOOD = 0,    /* the wanted policy, or a newer version of it, is active; a dry run: the
			     files are good */
	LOAD_FAILED = 1,  /* it is not; an error was said */
	LOAD_NOTHING = 3, /* no IPE in this kernel, or no policy, and not required; that was said */
};

#endif
