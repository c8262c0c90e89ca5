/*
 * write.c - writing a policy to the kernel
 *
 * SPDX-License-Identifier: MIT
 */
#define _GNU_SOURCE
#include "load/write.h"

#include <errno.h>
#include <poll.h>

#include "kernel/ipe.h"
#include "load/compare.h"
#include "load/refusal.h"
#include "say.h"

/* Somebody else may load, update or delete the same policy at the same time.  Then it is compared
 * anew, so often and at such an interval: one second in all. */
#define TRIES 100
#define INTERVAL 10 /* ms */

/* Writes it as its standing wants it.  0 or -errno. */
static int write_once(const struct candidate *candidate, enum standing standing)
{
	if (standing == STANDING_ABSENT)
		return ipe_load_new(candidate->content);
	return ipe_update(candidate->name, candidate->content);
}

/* Does this error mean that the standing has changed since? */
static bool has_changed(enum standing standing, int error)
{
	if (standing == STANDING_ABSENT)
		return error == -EEXIST;
	return error == -ENOENT || error == -ESTALE;
}

bool write_policy(const struct candidate *candidate, struct policy_version *in_kernel)
{
	enum standing standing;
	int tries, error;

	for (tries = 0; tries < TRIES; tries++) {
		if (tries > 0)
			poll(NULL, 0, INTERVAL);
		if (!compare_with_kernel(candidate, &standing, in_kernel))
			return false;
		if (standing == STANDING_SAME)
			return true;
		if (standing == STANDING_OLDER) {
			say(SAY_NOTE,
				"%s: version %pV is not newer than %pV, which the kernel keeps",
				candidate->file, &candidate->version, in_kernel);
			return true;
		}
		error = write_once(candidate, standing);
		if (!error) {
			*in_kernel = candidate->version;
			return true;
		}
		if (!has_changed(standing, error))
			return refusal(candidate->file, &candidate->message, -error);
	}
	return fail("%s: policy %s keeps changing", candidate->file, candidate->name);
}
