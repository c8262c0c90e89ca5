/*
 * verity_volumes.h - dm-verity volumes that anybody could mount by fuseblk
 *
 * IPE takes a file for one of a volume when its superblock names the volume's device (s_bdev in
 * security/ipe/digest.c and eval.c).  fuseblk lets whoever mounts choose that device, and has a
 * process of his serve what the files contain: then any program runs as one of a signed volume.  A
 * device that is mounted otherwise is busy, so a volume that nobody has mounted is needed.
 *
 * This is what is so at the seal.  A volume that is mounted then and that root can unmount later is
 * free from then on: only a kernel without FUSE, or its module outside the image, closes that.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef HOLD_VERITY_VOLUMES_H
#define HOLD_VERITY_VOLUMES_H

#include <stdbool.h>

/*
 * Waits up to five seconds until every open dm-verity volume is held, by a mount in whatever mount
 * namespace or by a device on top of it.  A volume is told by the UUID that veritysetup(8) and
 * systemd give it, "CRYPT-VERITY-..."; a device-mapper device without any UUID, as dmsetup(8) makes
 * it, is taken for one.
 *
 * False after an error that names those left was said.
 */
bool verity_volumes_wait(void);

/*
 * Does nothing hold the block device of that name ("dm-3")?  To tell, it is opened for an instant
 * with O_EXCL: a mount of it at that very moment would fail.
 *
 * Returns 1, 0 (also when it is being removed), or -errno.
 */
int verity_volumes_is_unclaimed(const char *device);

/* Says a note when the kernel has fuseblk, or when that cannot be told. */
void verity_volumes_note_fuseblk(void);

#endif
