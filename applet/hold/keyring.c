/*
 * keyring.c - keyrings that vouch for files
 *
 * SPDX-License-Identifier: MIT
 */
#define _GNU_SOURCE
#include "hold/keyring.h"

#include <errno.h>
#include <stddef.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "hold/number.h"
#include "kernel/file.h"
#include "kernel/mount.h"
#include "kernel/proc.h"
#include "say.h"

/* include/uapi/linux/keyctl.h; older headers lack it. */
#define MY_KEYCTL_RESTRICT_KEYRING 29

/* With neither a type nor a restriction, every link to it is refused (keyctl(2)).  Returns 0 or
 * -errno. */
static int restrict_one(uint32_t serial)
{
	if (syscall(SYS_keyctl, MY_KEYCTL_RESTRICT_KEYRING, (int32_t)serial, NULL, NULL) == 0)
		return 0;
	/* It is restricted already, or it is no keyring but another key of that name. */
	if (errno == EEXIST || errno == ENOTDIR)
		return 0;
	return -errno;
}

/*
 * A line has the key's serial number, some more words, and then the description, which for a
 * keyring is its name and a colon (proc_keys_show, security/keys/proc.c).  No process can make a
 * keyring of its own whose name begins with a dot (add_key(2)).
 *
 * Returns 0 or -errno.
 */
static int restrict_if_named(struct bytes line, const char *description)
{
	uint64_t serial;

	if (!bytes_list_has(line, description, " "))
		return 0;
	if (!number_take(&line, 16, &serial))
		return -EIO;
	return restrict_one((uint32_t)serial);
}

/* Returns 0 or -errno. */
static int restrict_all(void)
{
	struct bytes keys, line;
	int error = proc_read("keys", &keys);

	/* A kernel without keys verifies no signature. */
	if (error == -ENOENT)
		return 0;
	while (!error && bytes_until(&keys, &line, "\n")) {
		error = restrict_if_named(line, ".fs-verity:");
		if (!error)
			error = restrict_if_named(line, ".dm-verity:");
	}
	return error;
}

/*
 * Since Linux 7.0 dm-verity has a keyring, made when its module is loaded, which a parameter leaves
 * open (keyring_unsealed, drivers/md/dm-verity-verify-sig.c).  A module that no volume uses can be
 * removed, and loaded again with that.
 */
static void note_unused_module(void)
{
	int sysfs = mount_sysfs();
	struct bytes value;

	if (sysfs >= 0 &&
		!file_read_whole(sysfs, "module/dm_verity/parameters/keyring_unsealed", &value) &&
		!file_read_whole(sysfs, "module/dm_verity/refcnt", &value) &&
		bytes_are(value, "0\n"))
		say(SAY_NOTE, "seal: no volume uses dm_verity: root can load it anew, with keys of "
			      "its own, unless kernel.modules_disabled=1");
}

bool keyring_restrict(void)
{
	int error = restrict_all();

	if (error)
		return fail_errno(error,
			"seal: .fs-verity and .dm-verity cannot be restricted (it takes root)");
	note_unused_module();
	return true;
}
