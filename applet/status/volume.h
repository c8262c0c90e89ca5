/*
 * volume.h - is a block device a dm-verity volume, and which?
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STATUS_VOLUME_H
#define STATUS_VOLUME_H

#include "policy/bytes.h"

/* What dm-verity says of a volume.  The bytes are valid until the next call. */
struct volume {
	struct bytes algorithm; /* "sha256" */
	struct bytes root_hash; /* in hexadecimal */
	bool has_signature;     /* it was opened with one, which the kernel has verified */
	bool unchecked; /* ignore_corruption or check_at_most_once: it may change unnoticed */
};

/*
 * Asks for the block device of that name, as IPE's records have it ("dm-1").  It takes
 * CAP_SYS_ADMIN.
 *
 * Returns 1; 0 when it is no dm-verity volume; or -errno: ENODEV when it is no block device, or is
 * not there any more.
 */
int volume_find(struct bytes device, struct volume *volume);

/* Is this the number of that block device?  1, 0 or -errno as above. */
int volume_has_number(struct bytes device, unsigned major, unsigned minor);

#endif
