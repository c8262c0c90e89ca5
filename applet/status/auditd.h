/*
 * auditd.h - who gets the kernel's audit records
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STATUS_AUDITD_H
#define STATUS_AUDITD_H

#include <stdint.h>

/*
 * Asks the kernel which process gets the audit records (AUDIT_GET, kernel/audit.c): *pid becomes
 * its number, or 0 when there is none.  While there is one the records are not in the kernel's log.
 *
 * Returns 0 or -errno: EPROTONOSUPPORT where audit is off (audit=0), EPERM without
 * CAP_AUDIT_CONTROL, ECONNREFUSED in a user namespace.
 */
int auditd_find(uint32_t *pid);

#endif
