/*
 * load.h - loading and activating policies
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef LOAD_LOAD_H
#define LOAD_LOAD_H

#include "find/find.h"
#include "options.h"

/* Exit statuses of ipe-load. */
enum load_status {
	LOAD_ACTIVE = 0,  /* the wanted policy, or a newer version of it, is active */
	LOAD_FAILED = 1,  /* it is not; an error was said */
	LOAD_USAGE = 2,   /* wrong usage */
	LOAD_NOTHING = 3, /* no IPE in this kernel, or no policy, and not required */
};

/* In options_given, set by options or by the way that process 1 was started. */
enum load_option {
	LOAD_SEAL_DM = OPTION('d'),
	LOAD_INITRAMFS = OPTION('i'),
	LOAD_DRY = OPTION('n'),
	LOAD_REQUIRED = OPTION('r'), /* LOAD_NOTHING is a failure */
	LOAD_SEAL = OPTION('s'),
	LOAD_EXCLUSIVE = OPTION('x'), /* load only the wanted one, and delete every other once it
					 is active */
	/* no option of the command line */
	LOAD_ENFORCE = OPTION('e'),   /* see that IPE enforces, whatever ipe.enforce= said */
	LOAD_HAND_OVER = OPTION('h'), /* the policy for the real root: refuse one that trusts the
					 initramfs more than nothing, or is not newer than
					 another one that is active */
	LOAD_OFF = OPTION('o'),       /* rd.ipe=0 */
};

/* Which policies: files and directories.place are to be set. */
extern struct finder load_finder;

/*
 * Loads what the finder finds, then activates one policy (options_argument, or the last one found),
 * and asks the kernel whether it is active.  Every policy is read and its form, name and version
 * checked before the first write; what is good is for the kernel to decide.  Nothing is activated
 * unless everything was loaded.  Running it again changes nothing and succeeds.
 */
enum load_status load(void);

/* Is the policy that load() has activated still active, that or a newer version of it, enforced if
 * it was, and good for the hand-over if it had to be?  False after an error was said. */
bool load_holds(void);

/* Says that there is no policy.  LOAD_FAILED or LOAD_NOTHING. */
enum load_status load_no_policy(void);

/* Opens IPE's directory.  LOAD_ACTIVE; after it was said why not, LOAD_NOTHING when this kernel has
 * no IPE and none is required, else LOAD_FAILED. */
enum load_status load_open(void);

#endif
