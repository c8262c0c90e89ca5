/*
 * compare.c - a policy compared with what the kernel has, and with the others that were given
 *
 * SPDX-License-Identifier: MIT
 */
#include "load/compare.h"

#include <errno.h>

#include "kernel/ipe.h"
#include "say.h"

bool compare_with_kernel(
	const struct candidate *candidate, enum standing *standing, struct policy_version *kernels)
{
	struct bytes text;
	int order = 0, error = ipe_read_version(candidate->name, kernels);

	if (!error)
		order = policy_version_compare(candidate->version, *kernels);
	if (!error && order == 0)
		error = ipe_read_text(candidate->name, &text);
	/* It is not loaded, or was deleted after its version was read. */
	if (error == -ENOENT) {
		*standing = STANDING_ABSENT;
		return true;
	}
	if (!error && order != 0) {
		*standing = order > 0 ? STANDING_NEWER : STANDING_OLDER;
		return true;
	}
	if (error)
		return fail_errno(error, "policy %s: its state cannot be read", candidate->name);
	if (!bytes_equal(candidate->message.text, text))
		return fail("%s: the kernel has another policy %s with the same version %pV (raise "
			    "its version)",
			candidate->file, candidate->name, &candidate->version);
	*standing = STANDING_SAME;
	return true;
}

/* ---- the others that were given ---- */

/* What is remembered of one: it need not be kept whole to see that another differs. */
struct given {
	uint64_t name; /* a hash */
	struct policy_version version;
	uint64_t text; /* a hash */
};

#define GIVEN_MOST 1024
static struct given given[GIVEN_MOST];
static unsigned given_count;

void compare_start(void)
{
	given_count = 0;
}

bool compare_with_given(const struct candidate *candidate)
{
	const struct given this = {
		.name = bytes_hash(BYTES_HASH_START, bytes_of(candidate->name)),
		.version = candidate->version,
		.text = bytes_hash(BYTES_HASH_START, candidate->message.text),
	};
	unsigned i;

	for (i = 0; i < given_count; i++)
		if (given[i].name == this.name && given[i].text != this.text &&
			policy_version_compare(given[i].version, this.version) == 0)
			return fail("%s: another policy %s with the same version %pV was given "
				    "before (raise its version)",
				candidate->file, candidate->name, &candidate->version);
	if (given_count < GIVEN_MOST)
		given[given_count++] = this;
	return true;
}
