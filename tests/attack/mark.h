/*
 * mark.h - how an unverified program shows that it ran
 *
 * It makes a System V message queue: that works in any root directory and mount namespace, as a
 * helper of the kernel's and without any capability. SPDX-License-Identifier: MIT
 */
#ifndef MARK_H
#define MARK_H

#define MARK_KEY 0x697065        /* "ipe" */
#define MARK_MODE (01000 | 0666) /* IPC_CREAT, and everybody may look at it */

#endif
