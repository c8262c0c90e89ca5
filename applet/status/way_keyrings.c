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
 * the last is the type (proc_keys_show, security/keys/proc.c); a name may have blanks within. */
static bool is_named(struct bytes line, const char *description)
{
	struct bytes word = {NULL, 0};

	for (unsigned words = 0; words < 8; words++)
		do
			if (!bytes_until(&line, &word, " "))
				return false;
		while (word.left == 0);
	while (bytes_skip(&line, " "))
		;
	return bytes_are(word, "keyring") && bytes_skip(&line, description);
}

/* Finds the keyring with that description in /proc/keys, as hold/keyring.c does.  1 and its serial
 * number, 0 or -errno. */
static int find(const char *description, uint32_t *serial)
{
	struct bytes keys, line;
	uint64_t number;
	int error = setting_read("keys", &keys);

	/* A kernel without keys verifies no signature. */
	if (error)
		return error == -ENOENT ? 0 : error;
	while (bytes_until(&keys, &line, "\n")) {
		if (!is_named(line, description))
			continue;
		if (!number_take(&line, 16, &number))
			return -EIO;
		*serial = (uint32_t)number;
		return 1;
	}
	return 0;
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

static enum way_state way_keyring(const char *name, const char *keyring, const char *description)
{
	uint32_t serial = 0;
	int result = find(description, &serial);

	if (result < 0)
		return way_unread(name, "/proc/keys", result);
	if (result == 0)
		return way_closed(name, "/proc/keys: there is no %s", keyring);
	result = is_restricted(serial);
	if (result < 0)
		return way_unread(name, keyring, result);
	if (result > 0)
		return way_closed(name, "keyring %s is restricted", keyring);
	return way_open(name, "the seal (ipe-load -s)", "keyring %s is not restricted", keyring);
}

enum way_state way_key_fs_verity(const struct active_policy *policy)
{
	static const char name[] = "key-fs-verity";

	if (policy->unknown)
		return way_unread(name, policy->unknown, policy->error);
	if (!policy->none && !active_policy_trusts_signed_files(policy))
		return way_closed(name, "policy %s trusts no fs-verity signature", policy->is.name);
	return way_keyring(name, ".fs-verity", ".fs-verity:");
}

enum way_state way_key_dm_verity(const struct active_policy *policy)
{
	static const char name[] = "key-dm-verity";

	if (policy->unknown)
		return way_unread(name, policy->unknown, policy->error);
	if (!policy->none && !active_policy_trusts_signed_volumes(policy))
		return way_closed(
			name, "policy %s trusts no signed dm-verity volume", policy->is.name);
	return way_keyring(name, ".dm-verity", ".dm-verity:");
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
