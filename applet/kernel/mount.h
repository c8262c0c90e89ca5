/*
 * mount.h - the kernel's file systems, mounted or not
 *
 * Each function gives the root directory of a file system of the kernel's, which is opened at the
 * first call and stays open.  Where it is mounted at its usual place, that is taken.  Otherwise it
 * is mounted for this process alone, attached to no directory (fsopen, fsconfig, fsmount: Linux
 * 5.2), and gone when this process is; nothing of that shows in /proc/mounts.
 *
 * Process 1 always makes a mount of its own: where one is there already, whoever was root before
 * may have mounted something else over a part of it.
 *
 * The descriptors are close-on-exec and at least 3.  Failures are -errno: ENODEV when the kernel
 * does not have the file system, EPERM when it is not mounted and CAP_SYS_ADMIN is missing.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef KERNEL_MOUNT_H
#define KERNEL_MOUNT_H

/* To be called before those that follow: they then make a mount of their own where they may, and
 * take what is mounted only where they may not.  ipe-load does not have it. */
#ifndef STATE_ONLY
void mount_own_first(void);
#endif

int mount_securityfs(void);
int mount_sysfs(void);
int mount_proc(void);

/* devtmpfs always is a mount of its own: its magic number is also that of a plain tmpfs on /dev. */
int mount_devtmpfs(void);

#endif
