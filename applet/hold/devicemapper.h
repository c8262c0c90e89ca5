/*
 * devicemapper.h - taking device-mapper tables away from every process
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef HOLD_DEVICEMAPPER_H
#define HOLD_DEVICEMAPPER_H

/*
 * Lets DM_TABLE_LOAD fail with EPERM in this process and all that it executes or forks, in every
 * ABI of the kernel: a seccomp filter.  Sees that it does.  Needs CAP_SYS_ADMIN, so that
 * no_new_privs can stay as it is.  0, or -errno: ENOSYS where it is not known how.
 */
int devicemapper_seal(void);

#endif
