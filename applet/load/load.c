/*
 * load.c - loading and activating policies
 *
 * SPDX-License-Identifier: MIT
 */
#define _GNU_SOURCE
#include "load/load.h"

#include <errno.h>
#include <string.h>

#include "hold/enforce.h"
#include "hold/handover.h"
#include "hold/initramfs_trust.h"
#include "load/activate.h"
#include "load/candidate.h"
#include "load/compare.h"
#include "load/open_ipe.h"
#include "load/write.h"
#include "say.h"

/* What a run of load() knows. */
struct run {
	const struct load_request *request;
	struct loaded *target;      /* the policy that is to be activated */
	bool target_in_kernel;      /* it was written, or found in the kernel */
	struct finder finder;       /* the walk over the policies */
	struct candidate candidate; /* the last one of the walk */
};

enum load_status load_no_policy(bool required)
{
	say(required ? SAY_ERROR : SAY_NOTE,
		"no policy: none is given, embedded or in the directories");
	return required ? LOAD_FAILED : LOAD_NOTHING;
}

/* ---- what is done with each policy; each false after an error was said ---- */

typedef bool step(struct run *run);

/* Without -a the last one is the target. */
static bool take_as_target(struct run *run)
{
	struct loaded *target = run->target;

	if (run->request->activate)
		return true;
	stpcpy(target->name_buffer, run->candidate.name);
	target->name = target->name_buffer;
	return true;
}

static bool is_target(const struct run *run)
{
	return !strcmp(run->candidate.name, run->target->name);
}

static bool is_to_be_loaded(const struct run *run)
{
	return !run->request->exclusive || is_target(run);
}

static bool compare_one(struct run *run)
{
	struct policy_version kernels;
	enum standing standing;

	if (!is_to_be_loaded(run))
		return true;
	return compare_with_given(&run->candidate) &&
	       compare_with_kernel(&run->candidate, &standing, &kernels);
}

static bool write_one(struct run *run)
{
	struct policy_version in_kernel;

	if (!is_to_be_loaded(run))
		return true;
	/* Before it is written: an update of the active policy takes effect at once. */
	if (run->request->hand_over &&
		!initramfs_trust_is_absent(run->candidate.name, run->candidate.message.text))
		return false;
	if (!write_policy(&run->candidate, &in_kernel))
		return false;
	if (is_target(run)) {
		run->target->version = in_kernel;
		run->target_in_kernel = true;
	}
	return true;
}

/* ---- the walk ---- */

/* What is done after an error. */
enum after_error {
	GO_ON, /* so that all errors are said */
	STOP,  /* so that nothing more is written */
};

/* Reads each policy, and takes the step with it. */
static bool read_each(struct run *run, step *take, enum after_error after_error)
{
	bool good = find_start(&run->finder, &run->request->sources);
	int found;

	if (!good)
		return false;
	while ((found = find_next(&run->finder))) {
		if (found < 0 || !candidate_read(&run->candidate, &run->finder) || !take(run))
			good = false;
		if (!good && after_error == STOP)
			return false;
	}
	return good;
}

/* ---- from the policies to the active one ---- */

/* With -a alone the kernel may have the target already.  False after an error was said. */
static bool target_is_loaded(struct run *run)
{
	struct loaded *target = run->target;
	int error = -ENOENT;

	if (run->target_in_kernel)
		return true;
	if (ipe_name_fits(bytes_of(target->name)))
		error = ipe_read_version(target->name, &target->version);
	if (error == -ENOENT)
		return fail("policy %s: neither loaded nor among those given", target->name);
	if (error)
		return fail_errno(error, "policy %s: its state cannot be read", target->name);
	return true;
}

static bool load_all(struct run *run)
{
	/* One policy alone is still at hand from when it was read, and is compared when it is
	 * written. */
	if (run->finder.count == 1)
		return write_one(run) && target_is_loaded(run);
	/* Of several, nothing is written before all were compared. */
	return read_each(run, compare_one, GO_ON) && read_each(run, write_one, STOP) &&
	       target_is_loaded(run);
}

static bool make_active(const struct load_request *request, const struct loaded *target)
{
	if (request->hand_over && !handover_replaces_active(target->name, &target->version))
		return false;
	if (!activate(target->name, &target->version))
		return false;
	if (request->exclusive && !delete_others(target->name))
		return false;
	return !request->enforce || enforce();
}

static enum load_status say_active(struct loaded *target)
{
	int is_enforcing = enforcing();

	if (is_enforcing < 0)
		return LOAD_FAILED;
	if (is_enforcing)
		say(SAY_NOTE, "policy %s %pV is active and enforced", target->name,
			&target->version);
	else
		say(SAY_NOTE,
			"policy %s %pV is active, but IPE is permissive (ipe.enforce=0): nothing "
			"is "
			"enforced",
			target->name, &target->version);
	return LOAD_GOOD;
}

enum load_status load(const struct load_request *request, struct loaded *loaded)
{
	/* Large, and all zero: this is called once. */
	static struct run run;
	/* Who embeds a policy wants it. */
	bool required = request->required || find_has_embedded(&request->sources);
	enum load_status status = open_ipe(required);

	if (status != LOAD_GOOD)
		return status;
	run.request = request;
	run.target = loaded;
	compare_start();
	if (request->activate)
		loaded->name = request->activate;
	if (!read_each(&run, take_as_target, GO_ON))
		return LOAD_FAILED;
	if (run.finder.count == 0 && !request->activate)
		return load_no_policy(required);
	if (!load_all(&run) || !make_active(request, loaded))
		return LOAD_FAILED;
	return say_active(loaded);
}

bool load_still_holds(const struct loaded *loaded)
{
	int active = ipe_is_active(loaded->name);
	int is_enforcing;

	if (active < 0)
		return fail_errno(active, "policy %s: its state cannot be read", loaded->name);
	if (!active)
		return fail("policy %s: not active any more", loaded->name);
	is_enforcing = enforcing();
	if (is_enforcing == 0)
		return fail("policy %s: not enforced any more", loaded->name);
	return is_enforcing > 0;
}
