/*
 * way_keyrings.c - whether root can vouch for files and volumes with a key of its own
 *
 * SPDX-License-Identifier: MIT
 */
#define _GNU_SOURCE
#include "status/way_keyrings.h"

#include <errno.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "hold/number.h"
#include "status/setting.h"

/* include/uapi/linux/keyctl.h; older headers lack it. */
#define MY_KEYCTL_RESTRICT_KEYRING 29

/* Is it the line of the keyring with that description?  That stands behind eight words, of which
 * the last is the type, padded to nine letters (proc_keys_show, security/keys/proc.c).  What the
 * user's own keys are called may have blanks within, also at its beginning. */
static bool is_named(struct bytes line, const char *description)
{
	struct bytes word = {NULL, 0};

	for (unsigned words = 0; words < 8; words++)
		do
			if (!bytes_until(&line, &word, " "))
				return false;
		while (word.left == 0);
	return bytes_are(word, "keyring") && bytes_skip(&line, "  ") &&
	       bytes_skip(&line, description);
}

/*
 * Is the keyring restricted?  No call says so, but one that cannot succeed does: to restrict a
 * keyring to what its own keys have signed is refused, as a circle, by EDEADLK, and before that, if
 * it is restricted already, by EEXIST (keyring_restrict, security/keys/keyring.c).  1, 0 or -errno.
 */
static int is_restricted(uint32_t serial)
{
	char restriction[sizeof("key_or_keyring:") + NUMBER_LONGEST];

	*number_put(stpcpy(restriction, "key_or_keyring:"), serial) = '\0';
	if (syscall(SYS_keyctl, MY_KEYCTL_RESTRICT_KEYRING, (int32_t)serial, "asymmetric",
		    restriction) == 0)
		return -EIO;
	if (errno == EDEADLK)
		return 0;
	return errno == EEXIST ? 1 : -errno;
}

/* What the keyrings of a name are: the kernel's, and what a line of somebody's own key, whose name
 * may have line feeds within, makes look like one. */
struct keyrings {
	unsigned count;
	bool any_open; /* one is not restricted */
	int error;     /* -errno: it cannot be told of one, or of all, whether it is restricted */
};

static void look_at(struct keyrings *keyrings, struct bytes line)
{
	uint64_t serial;
	int result = number_take(&line, 16, &serial) ? is_restricted((uint32_t)serial) : -EIO;

	keyrings->count++;
	if (result < 0)
		keyrings->error = result;
	else if (result == 0)
		keyrings->any_open = true;
}

/* Finds the keyrings with that description in /proc/keys. */
static struct keyrings find(const char *description)
{
	struct keyrings keyrings = {0};
	struct bytes keys, line;

	keyrings.error = setting_read("keys", &keys);
	/* A kernel without keys has no keyrings. */
	if (keyrings.error == -ENOENT)
		keyrings.error = 0;
	else if (!keyrings.error)
		while (bytes_until(&keys, &line, "\n"))
			if (is_named(line, description))
				look_at(&keyrings, line);
	return keyrings;
}

/* has: does the kernel have that keyring, 1, 0 or -errno, as far as is known from elsewhere?
 * /proc/keys hides a keyring from who may not see it. */
static enum way_state way_keyring(
	const char *name, const char *keyring, const char *description, int has, const char *none)
{
	struct keyrings found = find(description);

	if (found.any_open)
		return way_open(
			name, "the seal (ipe-load -s)", "keyring %s is not restricted", keyring);
	if (found.error)
		return way_unread(name, found.count ? keyring : "/proc/keys", found.error);
	if (found.count)
		return way_closed(name, "keyring %s is restricted", keyring);
	if (has == 0)
		return way_closed(name, "%s", none);
	return way_unknown(
		name, "/proc/keys does not show %s, but the kernel may have it", keyring);
}

/* Does the kernel have .fs-verity?  1, 0 or -errno. */
static int has_fs_verity(void)
{
	struct bytes value;
	/* CONFIG_FS_VERITY_BUILTIN_SIGNATURES makes both (fs/verity/init.c, signature.c). */
	int error = setting_read("sys/fs/verity/require_signatures", &value);

	if (error == -ENOENT)
		return 0;
	return error ? error : 1;
}

/* Does the kernel have .dm-verity?  dm-verity makes it when it is loaded, and has this parameter
 * then (drivers/md/dm-verity-verify-sig.c).  1, 0 or -errno. */
static int has_dm_verity(void)
{
	return setting_is_in_sysfs("module/dm_verity/parameters/keyring_unsealed");
}

enum way_state way_key_fs_verity(const struct active_policy *policy)
{
	static const char name[] = "key-fs-verity";

	if (policy->unknown)
		return way_unread(name, policy->unknown, policy->error);
	if (!policy->none && !active_policy_trusts_signed_files(policy))
		return way_closed(name, "policy %s trusts no fs-verity signature", policy->is.name);
	return way_keyring(name, ".fs-verity", ".fs-verity:", has_fs_verity(),
		"this kernel has no signatures of fs-verity");
}

enum way_state way_key_dm_verity(const struct active_policy *policy)
{
	static const char name[] = "key-dm-verity";

	if (policy->unknown)
		return way_unread(name, policy->unknown, policy->error);
	if (!policy->none && !active_policy_trusts_signed_volumes(policy))
		return way_closed(
			name, "policy %s trusts no signed dm-verity volume", policy->is.name);
	return way_keyring(name, ".dm-verity", ".dm-verity:", has_dm_verity(),
		"no dm-verity is loaded that has the keyring .dm-verity");
}

enum way_state way_stale_fs_verity(const struct active_policy *policy)
{
	static const char name[] = "stale-fs-verity";

	if (policy->unknown)
		return way_unread(name, policy->unknown, policy->error);
	if (!policy->none && !active_policy_trusts_signed_files(policy))
		return way_closed(name, "policy %s trusts no fs-verity signature", policy->is.name);
	if (setting_is_since(7, 3))
		return way_closed(
			name, "Linux %s does not keep signatures that failed", setting_release());
	return way_open(
		name, "Linux 7.3", "Linux %s keeps signatures that failed", setting_release());
}
