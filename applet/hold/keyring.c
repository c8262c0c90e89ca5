/*
 * keyring.c - who may add keys that vouch for files
 *
 * SPDX-License-Identifier: MIT
 */
#include "hold/keyring.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/keyctl.h>
#include <stdbool.h>
#include <stdint.h>

#include "kernel/kernfs.h"
#include "kernel/lines.h"
#include "kernel/system.h"

int keyring_restrict(void)
{
	struct bytes line;
	int result;

	lines_open(kernfs_proc(), "keys");
	while ((result = lines_next(&line)) > 0) {
		/* The name is one of the words (proc_keys_show, security/keys/proc.c); nobody but
		 * the kernel makes a keyring whose name begins with a dot (add_key). */
		if (!bytes_list(line, ".fs-verity:", ' '))
			continue;
		/* Its number is the first word.  Another type of key may have its name. */
		result = (int)system_call5(
			SYS_keyctl, KEYCTL_RESTRICT_KEYRING, (int32_t)lines_hex(&line), 0, 0, 0);
		if (result && result != -EEXIST && result != -ENOTDIR)
			break;
	}
	/* A kernel without keys verifies no signature. */
	return result == -ENOENT ? 0 : result;
}
