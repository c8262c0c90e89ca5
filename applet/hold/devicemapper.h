/*
 * devicemapper.h - who may load device-mapper tables
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef HOLD_DEVICEMAPPER_H
#define HOLD_DEVICEMAPPER_H

#include <stdbool.h>

/*
 * From here on DM_TABLE_LOAD (linux/dm-ioctl.h) fails with EPERM in this process and in all that it
 * executes or forks, in every ABI of the kernel: by a seccomp filter (seccomp(2)), which is tried
 * once it is there.  It takes CAP_SYS_ADMIN, so that no_new_privs can stay as it is.
 *
 * False after an error was said.
 */
bool devicemapper_forbid_tables(void);

/* Does DM_TABLE_LOAD fail with EPERM in this process, whatever it is used on?  It is tried on no
 * device. */
bool devicemapper_forbids_tables(void);

#endif
