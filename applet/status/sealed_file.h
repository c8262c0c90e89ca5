/*
 * sealed_file.h - has a file an fs-verity digest, and which?
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STATUS_SEALED_FILE_H
#define STATUS_SEALED_FILE_H

#include "policy/bytes.h"

/* The longest digest is one of SHA-512. */
#define SEALED_FILE_DIGEST_LONGEST 64

struct sealed_file {
	const char *algorithm; /* as IPE's fsverity_digest= has it: "sha256" */
	unsigned char digest[SEALED_FILE_DIGEST_LONGEST];
	unsigned length;    /* of the digest, in bytes */
	bool has_signature; /* a built-in one, without which the kernel would not have opened it */
};

/*
 * Asks the file at that path, if it still has this inode number and lies on the block device of
 * that name (path, ino and dev of IPE's records).
 *
 * Returns 1; 0 when the file has no fs-verity digest; or -errno: ESTALE when another file is there.
 */
int sealed_file_find(
	struct bytes path, struct bytes device, uint64_t inode, struct sealed_file *file);

#endif
