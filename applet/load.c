/*
 * load.c - loading and activating policies
 *
 * SPDX-License-Identifier: MIT
 */
#include "load.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>

#include "handover.h"
#include "ipefs.h"
#include "kernfs.h"
#include "pkcs7.h"
#include "prose.h"
#include "refusal.h"
#include "say.h"
#include "system.h"

/* How often one that is loaded, updated or deleted by somebody else at the same time is looked at
 * again, and how long that is waited for: a second in all. */
#define TRIES 100
#define PAUSE_MS 10

#define SYSFS_MAGIC 0x62656572

/* A policy as found. */
struct policy {
	const char *source; /* the file's name */
	struct bytes bytes; /* the signed message */
	struct pkcs7_message message;
	struct bytes name;
	struct policy_version version;
};

/* A policy compared with the kernel's of the same name. */
enum standing {
	STANDING_ABSENT,    /* the kernel has none */
	STANDING_NEWER,     /* it is newer than the kernel's */
	STANDING_SAME,      /* same version and text */
	STANDING_DIFFERENT, /* same version, other text */
	STANDING_OLDER,     /* it is older than the kernel's */
};

/* The name of the policy to be activated, and its version in the kernel. */
struct target {
	unsigned char buffer[NAME_MAX];
	struct bytes name; /* in buffer, or -a's argument */
	struct policy_version version;
	bool loaded; /* by us, or found to be */
};

static bool say_policy_failure(struct bytes name, const char *why, int error)
{
	say(SAY_ERROR, "policy %pB: %pW: %i", &name, why, error);
	return false;
}

/* Is IPE compiled into this kernel?  Its parameters are in sysfs also when it does not run. */
static bool ipe_compiled_in(void)
{
	int sysfs = kernfs_open("sysfs", "/sys", SYSFS_MAGIC);

	return kernfs_openat(sysfs, "module/ipe", O_PATH) >= 0;
}

/* Does the list, names with commas between, contain ipe? */
static bool lists_ipe(const char *lsm)
{
	struct bytes name, rest = bytes_of(lsm);

	while (rest.left) {
		for (name = rest; rest.left && *rest.at != ','; rest.at++)
			rest.left--;
		name.left -= rest.left;
		if (bytes_are(name, "ipe"))
			return true;
		bytes_skip(&rest, ",");
	}
	return false;
}

enum load_status load_no_ipe(bool required, int error, const char *lsm)
{
	enum say_kind kind = required ? SAY_ERROR : SAY_NOTE;

	if (error == -ENOENT && lsm && *lsm && !lists_ipe(lsm)) {
		if (ipe_compiled_in())
			say(kind, "IPE: ipe is not in lsm=%s (put it into the kernel parameter)",
				lsm);
		else
			say(kind,
				"IPE: this kernel was built without it (CONFIG_SECURITY_IPE); "
				"its modules are %s",
				lsm);
	} else if (error == -ENODEV) {
		say(kind, "IPE: this kernel was built without securityfs");
	} else {
		if (error == -EPERM)
			say(SAY_ERROR, "securityfs: not mounted, and mounting needs CAP_SYS_ADMIN");
		else
			say_failure("securityfs", "IPE's directory cannot be reached", error);
		return LOAD_FAILED;
	}
	return required ? LOAD_FAILED : LOAD_NOTHING;
}

/* Reads what was found: form, name and version.  False after an error was said. */
static bool read_policy(const struct finder *finder, struct policy *policy)
{
	struct policy_reader reader;
	enum pkcs7_fault fault;

	policy->source = finder->name;
	policy->bytes = finder->bytes;
	fault = pkcs7_read(policy->bytes, &policy->message);
	if (fault) {
		say(SAY_ERROR, "%s: %pW", policy->source, pkcs7_fault_words(fault));
		return false;
	}
	policy_start(&reader, policy->message.text);
	if (policy_next(&reader) != EVENT_HEADER) {
		refusal_say(policy->source, &policy->message, -policy_fault_errno(reader.fault));
		return false;
	}
	policy->name = reader.name;
	policy->version = reader.version;
	if (!ipefs_name_fits(policy->name)) {
		say(SAY_ERROR,
			"%s: policy_name %pB: cannot be a directory (no slash, not . or .., at "
			"most 255 bytes)",
			policy->source, &policy->name);
		return false;
	}
	return true;
}

/* Compares a policy with the kernel's: an enum standing, or -errno.  *version becomes the kernel's,
 * unless it is absent. */
static int look(const struct policy *policy, struct policy_version *version)
{
	uint64_t ours = policy_version_number(policy->version), kernels;
	struct bytes text;
	int result = ipefs_version(policy->name, version);

	if (result == -ENOENT)
		return STANDING_ABSENT;
	if (result < 0)
		return result;
	kernels = policy_version_number(*version);
	if (ours != kernels)
		return ours > kernels ? STANDING_NEWER : STANDING_OLDER;
	result = ipefs_text(policy->name, &text);
	if (result < 0)
		return result == -ENOENT ? STANDING_ABSENT : result;
	return bytes_equal(policy->message.text, text) ? STANDING_SAME : STANDING_DIFFERENT;
}

/* Says what is wrong with a standing, if anything is. */
static bool standing_good(const struct policy *policy, int standing)
{
	if (standing < 0)
		return say_policy_failure(policy->name, "its state cannot be read", standing);
	if (standing == STANDING_DIFFERENT)
		say(SAY_ERROR,
			"%s: the kernel has another policy %pB with the same version %pV "
			"(give this one a higher version)",
			policy->source, &policy->name, &policy->version);
	return standing != STANDING_DIFFERENT;
}

/* Writes the whole message to new_policy or update with one write(2).  0 or -errno. */
static int write_policy(const struct policy *policy, int standing)
{
	/* Kept open for the next policies. */
	static int new_policy = -1;
	int fd, error;

	if (standing == STANDING_ABSENT) {
		if (new_policy < 0)
			new_policy = ipefs_open_file("new_policy", O_WRONLY);
		fd = new_policy;
	} else {
		fd = ipefs_open_node(policy->name, "update", O_WRONLY);
	}
	error = kernfs_write(fd, policy->bytes.at, policy->bytes.left);
	if (fd != new_policy)
		kernfs_close(fd);
	return error;
}

/*
 * Loads one policy.  standing is how it stood when it was last looked at; somebody else may have
 * changed that since, which is no fault of the policy: then it is looked at again.  *version
 * becomes the kernel's.
 */
static bool load_one(const struct policy *policy, int standing, struct policy_version *version)
{
	unsigned tries;
	int result;

	for (tries = 0; tries < TRIES; tries++) {
		if (tries) {
			sys_pause(PAUSE_MS);
			standing = look(policy, version);
		}
		if (!standing_good(policy, standing))
			return false;
		if (standing == STANDING_SAME)
			return true;
		if (standing == STANDING_OLDER) {
			say(SAY_NOTE,
				"%s: version %pV is not newer than %pV, which the kernel "
				"keeps",
				policy->source, &policy->version, version);
			return true;
		}
		result = write_policy(policy, standing);
		if (!result) {
			*version = policy->version;
			return true;
		}
		if (standing == STANDING_ABSENT ? result != -EEXIST
						: result != -ENOENT && result != -ESTALE) {
			refusal_say(policy->source, &policy->message, result);
			return false;
		}
	}
	say(SAY_ERROR, "%s: policy %pB is changed by somebody else all the time", policy->source,
		&policy->name);
	return false;
}

/* Says which active policy's higher version is in the target's way; false when none is. */
static bool say_in_the_way(const struct target *target)
{
	static struct ipefs_walk walk;
	struct policy_version version;

	if (ipefs_next_active(&walk) <= 0 || ipefs_version(walk.name, &version))
		return false;
	say(SAY_ERROR,
		"policy %pB: not activated: the active policy %pB has version %pV, this one "
		"only %pV",
		&target->name, &walk.name, &version, &target->version);
	return true;
}

/* Activates the target and asks whether it is active. */
static bool activate(const struct target *target)
{
	int fd = ipefs_open_node(target->name, "active", O_RDWR);
	int error = kernfs_write(fd, "1", 1), active;

	active = error ? 0 : ipefs_read_flag(fd);
	kernfs_close(fd);
	if (error == -EPERM)
		say(SAY_ERROR, "policy %pB: not activated: CAP_MAC_ADMIN is missing",
			&target->name);
	else if (error && (error != -EINVAL || !say_in_the_way(target)))
		say_policy_failure(target->name, "cannot be activated", error);
	if (error)
		return false;
	if (active < 0)
		return say_policy_failure(
			target->name, "cannot be asked whether it is active", active);
	if (!active)
		say(SAY_ERROR, "policy %pB: not active although the kernel activated it",
			&target->name);
	return active;
}

/* Deletes every policy but the target. */
static bool delete_others(struct bytes keep)
{
	static struct ipefs_walk walk;
	int found, fd, error;

	while ((found = ipefs_next(&walk)) > 0) {
		if (bytes_equal(walk.name, keep))
			continue;
		fd = ipefs_open_node(walk.name, "delete", O_WRONLY);
		error = kernfs_write(fd, "1", 1);
		kernfs_close(fd);
		/* Somebody else was quicker. */
		if (error && error != -ENOENT)
			return say_policy_failure(walk.name, "cannot be deleted", error);
	}
	return !found || say_failure("policies", "the loaded ones cannot be listed", found);
}

/*
 * First pass: reads and checks everything that was found, and what the kernel has of it, so that
 * nothing is written when anything is wrong.  False after errors were said.  The last policy and
 * its standing stay in *policy and *standing, its version in the kernel in *target.
 */
static bool read_all(
	struct load_request *request, struct target *target, struct policy *policy, int *standing)
{
	bool good = true;
	int found;

	while ((found = find_next(&request->finder))) {
		if (found < 0 || !read_policy(&request->finder, policy)) {
			good = false;
			continue;
		}
		if (!request->wanted) {
			memcpy(target->buffer, policy->name.at, policy->name.left);
			target->name = (struct bytes){target->buffer, policy->name.left};
		}
		*standing = look(policy, &target->version);
		if (!request->exclusive && !standing_good(policy, *standing))
			good = false;
	}
	return good;
}

/* Second pass: loads.  False after an error was said. */
static bool load_all(
	struct load_request *request, struct target *target, struct policy *policy, int standing)
{
	struct finder *finder = &request->finder;
	struct policy_version version = target->version;
	/* What was read is still there; but the path of one from a directory is gone by now. */
	bool only = finder->count == 1 && finder->name != finder->directories.path;
	bool more = finder->count, wanted;

	if (!only && find_start(finder))
		return false;
	while (more) {
		if (!only) {
			int found = find_next(finder);

			if (!found)
				break;
			if (found < 0 || !read_policy(finder, policy))
				return false;
		}
		wanted = bytes_equal(policy->name, target->name);
		if (wanted || !request->exclusive) {
			if (!only)
				standing = look(policy, &version);
			if (!load_one(policy, standing, &version))
				return false;
			if (wanted) {
				target->version = version;
				target->loaded = true;
			}
		}
		more = !only;
	}
	return true;
}

/* With -a alone the kernel may have the policy already. */
static bool target_loaded(struct target *target)
{
	int error;

	if (target->loaded)
		return true;
	error = ipefs_name_fits(target->name) ? ipefs_version(target->name, &target->version)
					      : -ENOENT;
	if (error == -ENOENT)
		say(SAY_ERROR, "policy %pB: neither loaded nor among those given", &target->name);
	else if (error)
		say_policy_failure(target->name, "its version cannot be read", error);
	return !error;
}

static enum load_status say_active(const struct target *target)
{
	int enforcing = ipefs_enforcing();

	if (enforcing < 0) {
		say_failure("enforce", "IPE cannot be asked whether it enforces", enforcing);
		return LOAD_FAILED;
	}
	say(SAY_NOTE, PLAIN("policy %pB %pV is active%pW"), &target->name, &target->version,
		enforcing ? PLAIN(" and enforced")
			  : ", but IPE is permissive (ipe.enforce=0): nothing is enforced");
	return LOAD_ACTIVE;
}

enum load_status load(struct load_request *request)
{
	struct finder *finder = &request->finder;
	static struct target target;
	static struct policy policy;
	const char *lsm = 0;
	int error, standing = STANDING_ABSENT;

	if (embedded_count && !(finder->files && finder->files[0]))
		request->required = true;
	error = ipefs_open(&lsm);
	if (error)
		return load_no_ipe(request->required, error, lsm);

	if (request->wanted)
		target.name = bytes_of(request->wanted);
	if (find_start(finder) || !read_all(request, &target, &policy, &standing))
		return LOAD_FAILED;
	if (!finder->count && !request->wanted) {
		say(request->required ? SAY_ERROR : SAY_NOTE, "no policy: none is given, embedded "
							      "or in the directories");
		return request->required ? LOAD_FAILED : LOAD_NOTHING;
	}
	if (!load_all(request, &target, &policy, standing) || !target_loaded(&target))
		return LOAD_FAILED;
	if (request->hand_over && !handover_accepts(target.name, target.version))
		return LOAD_FAILED;
	if (!activate(&target))
		return LOAD_FAILED;
	if (request->exclusive && !delete_others(target.name))
		return LOAD_FAILED;
	if (request->enforce && !handover_enforce())
		return LOAD_FAILED;
	return say_active(&target);
}
