/*
 * record.h - one audit record of IPE's, read from a line of a log
 *
 * security/ipe/audit.c writes them.  A line may come from dmesg(1), from /dev/kmsg, from the
 * journal, which has the kernel's message and one of its own, or from auditd's audit.log.
 *
 * No system call is made here.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STATUS_RECORD_H
#define STATUS_RECORD_H

#include "policy/bytes.h"

/* The longest line that is read whole.  auditd's have at most 8,970 bytes
 * (MAX_AUDIT_MESSAGE_LENGTH), and what a logger puts before them. */
#define RECORD_LINE_LONGEST 16384

enum record_type {
	RECORD_NONE,       /* it has nothing to do with IPE */
	RECORD_ACCESS,     /* AUDIT_IPE_ACCESS, 1420: IPE decided */
	RECORD_ACTIVATION, /* AUDIT_IPE_CONFIG_CHANGE, 1421: a policy was activated */
	RECORD_LOAD,       /* AUDIT_IPE_POLICY_LOAD, 1422: a policy was loaded, or refused */
	RECORD_ENFORCE,    /* AUDIT_MAC_STATUS, 1404, of IPE: enforce was written */
	RECORD_SUPPRESSED, /* the kernel kept audit records from its log to limit their rate */
	RECORD_OVERFLOW,   /* the kernel had no room for audit records, and lost some */
};

enum record_verdict {
	RECORD_ALLOWED, /* with success_audit the kernel writes these, too */
	RECORD_DENIED,
	RECORD_WOULD_BE_DENIED, /* enforce was 0 */
	RECORD_CUT,             /* the record does not come to its end, where the action stands */
};

/*
 * What a record says.  A part that it does not have, or for which the kernel wrote "?", is empty.
 * Those that the kernel writes in hexadecimal are decoded.
 *
 * The bytes lie in the line and in the struct itself: they are valid until either changes.
 */
struct record {
	enum record_type type;
	bool of_audit;     /* it is an audit record, IPE's or another */
	uint64_t sequence; /* in /dev/kmsg, where the first record since the boot is 0 */
	/* The journal gets a record twice, as a message of the kernel's and by audit's netlink
	 * socket.  This is one of the latter. */
	bool by_netlink;

	/* RECORD_ACCESS: */
	enum record_verdict verdict;
	struct bytes operation; /* "EXECUTE" */
	struct bytes hook;      /* "BPRM_CHECK" */
	struct bytes program;   /* comm: the first 15 bytes of its name */
	struct bytes path;      /* as the program saw it; empty: there was no file */
	struct bytes device;    /* "sda2", or the file system's type if it is on no device */
	uint64_t inode;         /* 0: not known */
	struct bytes rule;      /* "DEFAULT action=DENY" */

	/* RECORD_ACTIVATION and RECORD_LOAD: */
	struct bytes name, version;         /* empty: of a refused policy they are not known */
	struct bytes old_name, old_version; /* what was active before */
	unsigned error;                     /* the errno of a refusal, or 0 */

	bool enforcing;  /* RECORD_ENFORCE: is it enforced from now on? */
	unsigned number; /* RECORD_SUPPRESSED: how many */

	/* The decoded parts. */
	unsigned char decoded[RECORD_LINE_LONGEST];
	size_t decoded_length;
};

/* Reads the line, which has no line feed.  Whatever the line is, *record is set. */
void record_read(struct bytes line, struct record *record);

#endif
