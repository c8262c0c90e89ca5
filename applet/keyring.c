/*
 * keyring.c - who may add keys that vouch for files
 *
 * SPDX-License-Identifier: MIT
 */
#include "keyring.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/keyctl.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "kernfs.h"
#include "lines.h"

/* Is this line of /proc/keys about the keyring?  The name stands behind columns of numbers and the
 * type (proc_keys_show, security/keys/proc.c); nobody but the kernel makes a keyring whose name
 * begins with a dot (add_key). */
static bool is_fs_verity(struct bytes line)
{
	int byte;

	while ((byte = bytes_get(&line)) >= 0)
		if (byte == ' ' && bytes_skip(&line, ".fs-verity:"))
			return true;
	return false;
}

int keyring_restrict(int proc)
{
	static struct lines keys;
	struct bytes line;
	int result;

	keys.fd = kernfs_openat(proc, "keys", O_RDONLY);
	/* A kernel without keys verifies no signature. */
	if (keys.fd < 0)
		return keys.fd == -ENOENT ? 0 : keys.fd;
	while ((result = lines_next(&keys, &line)) > 0) {
		/* Its number is the first word.  Another type of key may have its name. */
		if (is_fs_verity(line) &&
			syscall(SYS_keyctl, KEYCTL_RESTRICT_KEYRING, (int32_t)lines_hex(line), 0, 0,
				0) &&
			errno != EEXIST && errno != ENOTDIR) {
			result = -errno;
			break;
		}
	}
	close(keys.fd);
	return result;
}
