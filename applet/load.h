/*
 * load.h - loading and activating policies
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef LOAD_H
#define LOAD_H

#include "find.h"

/* Exit statuses of ipe-load. */
enum load_status {
	LOAD_ACTIVE = 0,  /* the wanted policy, or a newer version of it, is active */
	LOAD_FAILED = 1,  /* it is not; an error was said */
	LOAD_USAGE = 2,   /* wrong usage */
	LOAD_NOTHING = 3, /* no IPE in this kernel, or no policy, and not required */
};

struct load_request {
	struct finder finder;
	const char *wanted; /* the policy to be activated; null: the last one found */
	bool required;      /* LOAD_NOTHING is a failure */
	bool exclusive;     /* load only the wanted one, and delete every other once it is active */
	bool enforce;       /* see that IPE enforces, whatever ipe.enforce= said */
	bool hand_over; /* the policy for the real root: refuse one that trusts the initramfs more
			   than nothing, or is not newer than the active one; see that IPE
			   enforces */
};

/*
 * Loads what the finder finds, then activates one policy, and asks the kernel whether it is active.
 * Every policy is read and its form, name and version checked before the first write; what is good
 * is for the kernel to decide.  Nothing is activated unless everything was loaded.  Running it
 * again changes nothing and succeeds.
 */
enum load_status load(struct load_request *request);

/* Says why ipefs_open() failed with that -errno and list.  LOAD_NOTHING when this kernel has no IPE
 * and none is required, else LOAD_FAILED. */
enum load_status load_no_ipe(bool required, int error, const char *lsm);

#endif
