/*
 * load.c - loading and activating policies
 *
 * SPDX-License-Identifier: MIT
 */
#include "load/load.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>

#include "hold/handover.h"
#include "kernel/ipe.h"
#include "kernel/kernfs.h"
#include "kernel/system.h"
#include "load/refusal.h"
#include "policy/pkcs7.h"
#include "say.h"

/* How often one that is loaded, updated or deleted by somebody else at the same time is looked at
 * again, and how long that is waited for: a second in all. */
#define TRIES 100
#define PAUSE_MS 10

#define SYSFS_MAGIC 0x62656572

struct finder load_finder;

/* A policy as found, the last one: what load_finder has of it, and what was read from that, its
 * message and its text up to the header. */
static struct pkcs7_message message;
static struct policy_reader policy;

/* What the kernel has of the same name, unless that is none. */
static struct policy_version kernels;

/* The policy compared with the kernel's, or -errno. */
enum standing {
	STANDING_ABSENT = -ENOENT, /* the kernel has none */
	STANDING_NEWER = 0,        /* it is newer than the kernel's */
	STANDING_SAME,             /* same version and text */
	STANDING_DIFFERENT,        /* same version, other text */
	STANDING_OLDER,            /* it is older than the kernel's */
};
static int standing;

/* How many policies the first pass has found. */
static unsigned found_count;

/* The policy to be activated, as it is in the kernel. */
static struct target {
	unsigned char buffer[NAME_MAX];
	struct bytes name; /* in buffer, or -a's argument */
	struct policy_version version;
	bool loaded; /* by us, or found to be */
} target;

static bool given(enum load_option option)
{
	return options_given & option;
}

/* Says why there is nothing to do, which is an error if something is required. */
static enum load_status say_nothing(const char *format, const char *value)
{
	enum load_status status = given(LOAD_REQUIRED) ? LOAD_FAILED : LOAD_NOTHING;

	say(status == LOAD_FAILED ? SAY_ERROR : SAY_NOTE, format, value);
	return status;
}

/* An error with the policy's file, name and version.  Always false. */
static bool say_policy(const char *format)
{
	say(SAY_ERROR, format, load_finder.name, &policy.name, &policy.version);
	return false;
}

/* The same with the target's name, and name and version of the policy that is active, as far as
 * that was asked for, and the target's version. */
static bool say_target(const char *format)
{
	say(SAY_ERROR, format, &target.name, &ipefs_found.name, &ipefs_found.version,
		&target.version);
	return false;
}

static bool say_policy_failure(const struct bytes *name, const char *why, int error)
{
	say(SAY_ERROR, "policy %pB: %s: %i", name, why, error);
	return false;
}

/* Is IPE compiled into this kernel?  Its parameters are in sysfs also when it does not run. */
static bool ipe_compiled_in(void)
{
	return kernfs_openat(kernfs_open("sysfs", "/sys", SYSFS_MAGIC), "module/ipe", O_PATH) >= 0;
}

enum load_status load_open(void)
{
	const char *lsm = "";
	int error = ipefs_open(&lsm);

	if (!error)
		return LOAD_ACTIVE;
	if (error == -ENOENT && *lsm && !bytes_list(bytes_of(lsm), "ipe", ','))
		return say_nothing(
			ipe_compiled_in()
				? "IPE: ipe is not in lsm=%s (put it into the kernel parameter)"
				: "IPE: this kernel was built without it (CONFIG_SECURITY_IPE); "
				  "its modules are %s",
			lsm);
	if (error == -ENODEV)
		return say_nothing("IPE: this kernel was built without securityfs", lsm);
	if (error == -EPERM)
		say(SAY_ERROR, "securityfs: not mounted, and mounting needs CAP_SYS_ADMIN");
	else
		say_failure("securityfs", "IPE's directory cannot be reached", error);
	return LOAD_FAILED;
}

enum load_status load_no_policy(void)
{
	return say_nothing("no policy: none is given, embedded or in the directories", 0);
}

static bool refuse(int error)
{
	refusal_say(&load_finder, &message, error);
	return false;
}

/* Reads what was found: form, name and version.  False after an error was said. */
static bool read_policy(void)
{
	enum pkcs7_fault fault = pkcs7_read(load_finder.bytes, &message);

	if (fault) {
		say(SAY_ERROR, "%s: %s", load_finder.name, pkcs7_fault_words(fault));
		return false;
	}
	policy_start(&policy, message.text);
	if (policy_next(&policy) != EVENT_HEADER)
		return refuse(policy_fault_errno(policy.fault));
	if (!ipefs_name_fits(policy.name)) {
		say_policy("%s: policy_name %pB: cannot be a directory (no slash, not . or .., at "
			   "most 255 bytes)");
		return false;
	}
	return true;
}

static bool is_target(void)
{
	return bytes_equal(policy.name, target.name);
}

/* Compares the policy with the kernel's. */
static void look(void)
{
	struct bytes text;
	int found = ipefs_version(&policy.name, &kernels);

	if (!found) {
		found = STANDING_NEWER;
		if (policy.version.number < kernels.number)
			found = STANDING_OLDER;
		if (policy.version.number == kernels.number) {
			found = ipefs_text(&policy.name, &text);
			if (!found)
				found = bytes_equal(message.text, text) ? STANDING_SAME
									: STANDING_DIFFERENT;
		}
	}
	standing = found;
}

/* Says what is wrong with the standing, if anything is. */
static bool standing_good(void)
{
	if (standing < 0 && standing != STANDING_ABSENT)
		return say_policy_failure(&policy.name, "its state cannot be read", standing);
	if (standing == STANDING_DIFFERENT)
		return say_policy("%s: the kernel has another policy %pB with the same version %pV "
				  "(give this one a higher version)");
	return true;
}

/* How many of the policies are compared with each other. */
#define SET_MAX 1024

/* Is the policy's text another than that of an earlier one with its name and version?  The second
 * would be refused once the first is loaded.  Says so. */
static bool contradicts(void)
{
	static struct member {
		uint64_t name, text;
	} set[SET_MAX + 1]; /* a name of 0 ends it */
	/* Mixed in by itself: else it could make up for another first letter of the name. */
	uint64_t name = bytes_mix(bytes_mix_number(1, policy.version.number), policy.name, 0);
	uint64_t text = bytes_mix(1, message.text, 0);
	struct member *member;

	for (member = set; member->name; member++)
		if (member->name == name && member->text != text) {
			say_policy("%s: another policy %pB with the same version %pV was given "
				   "before (give one a higher version)");
			return true;
		}
	if (member < set + SET_MAX)
		*member = (struct member){name, text};
	return false;
}

/* Writes the whole message to new_policy or update.  0 or -errno. */
static int write_policy(void)
{
	return standing == STANDING_ABSENT
		       ? ipefs_write(0, "new_policy", &load_finder.bytes)
		       : ipefs_write(&policy.name, "update", &load_finder.bytes);
}

/* Loads the policy.  Somebody else may change what the kernel has of it at any time, which is no
 * fault of the policy: then it is looked at again.  False after an error was said. */
static bool load_one(void)
{
	unsigned tries;
	int result;

	for (tries = 0; tries < TRIES; tries++) {
		if (tries)
			sys_pause(PAUSE_MS);
		/* Of one alone it is known from the pass before: a system call less. */
		if (tries || found_count > 1)
			look();
		if (!standing_good())
			return false;
		if (standing == STANDING_SAME)
			return true;
		if (standing == STANDING_OLDER) {
			say(SAY_NOTE,
				"%s: version %pV is not newer than %pV, which the kernel "
				"keeps",
				load_finder.name, &policy.version, &kernels);
			return true;
		}
		result = write_policy();
		if (!result) {
			kernels = policy.version;
			return true;
		}
		if (standing == STANDING_ABSENT) {
			if (result == -EEXIST)
				continue;
		} else if (result == -ENOENT || result == -ESTALE) {
			continue;
		}
		return refuse(-result);
	}
	say_policy("%s: policy %pB is changed by somebody else all the time");
	return false;
}

/* Loads the policy if it is to be loaded.  False after an error was said. */
static bool load_this(void)
{
	if (given(LOAD_EXCLUSIVE) && !is_target())
		return true;
	if (!load_one())
		return false;
	if (is_target()) {
		target.version = kernels;
		target.loaded = true;
	}
	return true;
}

/* Is it known before the next is looked for that there is none?  Then there is nothing to compare
 * with, and half of a load's instructions are saved. */
static bool alone(void)
{
	if (load_finder.files && load_finder.files[0])
		return !load_finder.files[1];
	return embedded_count == 1;
}

/* What is done with each policy.  Nothing is written before all have been read and checked; with -x
 * only the target is checked and loaded, and the first pass finds out which it is. */
enum pass { READ, CHECK, LOAD };

/* Does it with the policy that was read.  False after an error was said. */
static bool pass_one(enum pass pass)
{
	if (pass == LOAD)
		return load_this();
	if (pass == READ && !options_argument) {
		memcpy(target.buffer, policy.name.at, policy.name.left);
		target.name = (struct bytes){target.buffer, policy.name.left};
	}
	if (given(LOAD_EXCLUSIVE) && (pass == READ || !is_target()))
		return true;
	look();
	if (!alone() && contradicts())
		return false;
	return standing_good();
}

/* False after an error was said; the last pass ends with the first. */
static bool pass_all(enum pass pass)
{
	bool good = !find_start(&load_finder);
	int found;

	while ((good || pass != LOAD) && (found = find_next(&load_finder)))
		if (found < 0 || !read_policy() || !pass_one(pass))
			good = false;
	return good;
}

/* A pass after the first: one policy alone is still at hand. */
static bool pass_again(enum pass pass)
{
	return found_count == 1 ? pass_one(pass) : pass_all(pass);
}

/* With -a alone the kernel may have the policy already. */
static bool target_loaded(void)
{
	int error = -ENOENT;

	if (target.loaded)
		return true;
	if (ipefs_name_fits(target.name))
		error = ipefs_version(&target.name, &target.version);
	if (!error)
		return true;
	if (error == -ENOENT)
		return say_target("policy %pB: neither loaded nor among those given");
	return say_policy_failure(&target.name, "its version cannot be read", error);
}

/* Activates the target and asks whether it is active.  If it was before, a sealed machine's refusal
 * is none. */
static bool activate(void)
{
	int fd = ipefs_open_node(&target.name, "active", O_RDWR);
	int error = kernfs_write(fd, "1", 1), active = ipefs_read_flag(fd);

	/* fd stays open: closing it would only cost a system call. */
	if (active > 0)
		return true;
	if (error == -EPERM)
		return say_target("policy %pB: not activated: CAP_MAC_ADMIN is missing");
	if (error == -EINVAL && ipefs_find_active() > 0 &&
		ipefs_found.version.number > target.version.number)
		return say_target("policy %pB: not activated: the active policy %pB has version "
				  "%pV, this one only %pV");
	if (error)
		return say_policy_failure(&target.name, "cannot be activated", error);
	if (!active)
		return say_target("policy %pB: not active although the kernel activated it");
	return say_policy_failure(&target.name, "cannot be asked whether it is active", active);
}

/* Deletes every policy but the target. */
static bool delete_others(void)
{
	int found, error;

	while ((found = ipefs_next()) > 0) {
		if (bytes_equal(ipefs_found.name, target.name))
			continue;
		error = ipefs_set(&ipefs_found.name, "delete");
		/* Somebody else was quicker. */
		if (error && error != -ENOENT)
			return say_policy_failure(&ipefs_found.name, "cannot be deleted", error);
	}
	if (found)
		return say_failure("policies", "the loaded ones cannot be listed", found);
	return true;
}

static bool enforced;

static enum load_status say_active(void)
{
	int enforcing = handover_enforcing();

	if (enforcing < 0)
		return LOAD_FAILED;
	enforced = enforcing;
	say(SAY_NOTE, "policy %pB %pV is active%s", &target.name, &target.version,
		enforcing ? " and enforced"
			  : ", but IPE is permissive (ipe.enforce=0): nothing is enforced");
	return LOAD_ACTIVE;
}

/* What is left to be done once the target is active. */
static enum load_status finish(void)
{
	if ((!given(LOAD_EXCLUSIVE) || delete_others()) &&
		(!given(LOAD_ENFORCE) || handover_enforce()))
		return say_active();
	return LOAD_FAILED;
}

enum load_status load(void)
{
	enum load_status status;

	if (embedded_count && !(load_finder.files && load_finder.files[0]))
		options_given |= LOAD_REQUIRED;
	status = load_open();
	if (status != LOAD_ACTIVE)
		return status;
	if (options_argument)
		target.name = bytes_of(options_argument);
	if (!pass_all(READ))
		return LOAD_FAILED;
	found_count = load_finder.count;
	if (!found_count && !options_argument)
		return load_no_policy();
	if ((!given(LOAD_EXCLUSIVE) || pass_again(CHECK)) && pass_again(LOAD) && target_loaded() &&
		(!given(LOAD_HAND_OVER) || handover_accepts(&target.name, &target.version)) &&
		activate())
		return finish();
	return LOAD_FAILED;
}

bool load_holds(void)
{
	int holds = ipefs_active(&target.name);

	if (holds < 0)
		return say_policy_failure(&target.name, "its state cannot be read", holds);
	if (holds && enforced)
		holds = handover_enforcing();
	if (holds < 0)
		return false;
	if (!holds)
		return say_target("policy %pB: not active or not enforced any more");
	/* It may also have been updated. */
	return !given(LOAD_HAND_OVER) || handover_accepts(&target.name, &target.version);
}
