/*
 * load.h - loading and activating policies
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef LOAD_LOAD_H
#define LOAD_LOAD_H

#include "find/find.h"
#include "kernel/ipe.h"
#include "load/exit_status.h"

/* What is asked for. */
struct load_request {
	struct sources sources; /* which policies */
	const char *activate;   /* the name of the one to be activated; null: the last one found */
	bool required;          /* no IPE, or no policy at all, is a failure */
	bool exclusive;         /* load only that one, and delete every other one that is loaded */
	bool enforce;           /* see to it that IPE enforces, whatever ipe.enforce= said */
	bool hand_over;         /* it is for the real root: hold/handover.h says what that takes */
};

/* The policy that was activated. */
struct loaded {
	char name_buffer[IPE_NAME_LONGEST + 1];
	const char *name; /* name_buffer, or load_request.activate */
	struct policy_version version;
};

/*
 * Loads what the sources have, then activates one policy, and asks the kernel whether it is active.
 * Each policy is read, and its form, name and version checked, before the first is written; whether
 * it is good is for the kernel to decide.  Nothing is activated unless everything was loaded; but a
 * newer version of the active policy is in force as soon as it is written (ipe_update_policy,
 * security/ipe/policy.c).  Running it again changes nothing and succeeds.
 *
 * *loaded is set when LOAD_GOOD is returned.  To be called once.
 */
enum load_status load(const struct load_request *request, struct loaded *loaded);

/* Is that policy, or a newer version of it, still active, and enforced?  False after an error was
 * said. */
bool load_still_holds(const struct loaded *loaded);

/* Says that there is no policy: LOAD_FAILED if one is required, else LOAD_NOTHING. */
enum load_status load_no_policy(bool required);

#endif
