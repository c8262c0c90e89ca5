/*
 * text.h - reading the text of an IPE policy as the kernel reads it
 *
 * The grammar is security/ipe/policy_parser.c with lib/parser.c and security/ipe/digest.c of
 * Linux 6.12, quirks included.  The reader is a stream: it keeps no table of rules, needs no
 * memory that grows, and looks at each byte of the text a bounded number of times.  It makes
 * no system call.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef POLICY_TEXT_H
#define POLICY_TEXT_H

#include <stdint.h>

#include "policy/bytes.h"

/* enum ipe_op_type (security/ipe/policy.h), in its order. */
enum policy_op {
	OP_EXECUTE,
	OP_FIRMWARE,
	OP_KMODULE,
	OP_KEXEC_IMAGE,
	OP_KEXEC_INITRAMFS,
	OP_POLICY,
	OP_X509_CERT,
	OP_COUNT,
	OP_NONE = OP_COUNT, /* a global default has none */
};

enum policy_action { ACTION_NONE, ACTION_ALLOW, ACTION_DENY };

/* The properties of a rule, as a set. */
enum policy_property {
	PROP_BOOT_VERIFIED_FALSE = 1 << 0,
	PROP_BOOT_VERIFIED_TRUE = 1 << 1,
	PROP_DMV_SIG_FALSE = 1 << 2,
	PROP_DMV_SIG_TRUE = 1 << 3,
	PROP_FSV_SIG_FALSE = 1 << 4,
	PROP_FSV_SIG_TRUE = 1 << 5,
	PROP_DMV_ROOTHASH = 1 << 6,
	PROP_FSV_DIGEST = 1 << 7,
};

/* Three numbers, each 0 to 65535, in one, so that two versions compare with < (ver_to_u64 in
 * policy.c): the first from bit 32 on, the second from bit 16 on. */
struct policy_version {
	uint64_t number;
};

/* What is wrong with a text.  policy_fault_errno() gives the kernel's answer to each. */
enum policy_fault {
	TEXT_OK,
	TEXT_NO_HEADER,         /* there is no line at all, or only comments */
	TEXT_HEADER_NAME,       /* the first word is not policy_name=NAME */
	TEXT_HEADER_VERSION,    /* the second is not policy_version=... */
	TEXT_HEADER_EXTRA,      /* there is a third */
	TEXT_VERSION_NUMBER,    /* a component is not a number */
	TEXT_VERSION_RANGE,     /* a component is above 65535 */
	TEXT_VERSION_COUNT,     /* there are not three components */
	TEXT_OPERATION_MISSING, /* where op= belongs stands something else */
	TEXT_OPERATION_UNKNOWN, /* op=WORD with a WORD that the kernel does not know */
	TEXT_PROPERTY_UNKNOWN,  /* a word between op= and action= that is no property */
	TEXT_PROPERTY_VALUE,    /* a boolean property with a value but TRUE or FALSE */
	TEXT_DIGEST_FORM,       /* a digest without ":" between algorithm and value */
	TEXT_DIGEST_HEX,        /* a digest whose value is not hexadecimal, or of odd length */
	TEXT_ACTION_MISSING,    /* a line does not end with action= */
	TEXT_ACTION_UNKNOWN,    /* action=WORD with a WORD but ALLOW or DENY */
	TEXT_DEFAULT_PROPERTY,  /* DEFAULT with a property */
	TEXT_DEFAULT_TWICE,   /* a second default for the same operation, or a second global one */
	TEXT_DEFAULT_MISSING, /* no global default, and an operation without its own */
};

enum policy_event {
	EVENT_END,     /* nothing follows */
	EVENT_HEADER,  /* name and version have been read */
	EVENT_RULE,    /* a rule; op, action, properties and digests are set */
	EVENT_DEFAULT, /* a default; op (or OP_NONE for the global one) and action are set */
	EVENT_FAULT,   /* a fault; the reader goes on behind its line, so that all can be listed */
};

/* A digest property: algorithm and value as given (they are compared as given). */
struct policy_digest {
	enum policy_property property; /* PROP_DMV_ROOTHASH or PROP_FSV_DIGEST */
	struct bytes algorithm;        /* may be empty, which never matches */
	struct bytes hex;              /* even length, hexadecimal, may be empty */
	unsigned column;               /* 1-based byte in its line, where the word begins */
};

/* How many digests of one rule are kept.  A file has one root hash and one fs-verity digest, so a
 * rule with two different values of a kind cannot match: two of a kind are enough to see that. */
#define POLICY_DIGESTS 4

/*
 * Lines are counted as an editor does: "\n", "\r\n" and a lone "\r" end one each (for the kernel
 * "\r\n" is two ends with an empty line between, which is the same policy).
 *
 * The word of a fault is the smallest part that is wrong: of op=, action=, a boolean property and a
 * header's item the value, if the name is right; of a version the component that is no number, or
 * what follows the third; of a digest's value the first byte that is no digit.  It is empty, and
 * the column points to where it should be, when something is missing: a value, the rest of a line
 * or version, the last digit of an odd number.  A missing header is missed at 1:1, missing defaults
 * behind the last line that says something.
 */
struct policy_reader {
	unsigned line;     /* 1-based, of what the last event spoke of */
	struct bytes text; /* that line, without comment and blanks at its end */
	unsigned column;   /* of a fault: 1-based byte in that line, of the wrong word's first */
	struct bytes word; /* of a fault: the wrong word (empty: something is missing) */
	enum policy_fault fault; /* of an EVENT_FAULT, else TEXT_OK */

	enum policy_op op;
	enum policy_action action;
	unsigned properties; /* set of enum policy_property */
	unsigned digests; /* how many of digest[] are set; more than POLICY_DIGESTS are not kept */

	/* what has been seen so far */
	unsigned char defaults[OP_COUNT + 1]; /* enum policy_action; [OP_NONE] is the global one */
	unsigned rules;                       /* how many rules (without defaults) */
	bool header;                          /* the header's line has been passed, good or bad */
	bool ended;                           /* the faults of the end have been reported */
	bool spoiled; /* a faulty line began with DEFAULT: do not miss a default as well */

	unsigned lines;    /* how many have been read */
	struct bytes rest; /* what was not read yet: of the text */
	struct bytes more; /* of the line */

	struct bytes name; /* after EVENT_HEADER; as long as the text */
	struct policy_version version;
	struct policy_digest digest[POLICY_DIGESTS + 1]; /* the last to read what is not kept */
};

/* Begins with a text of any length; an empty one is a fault (ipe_parse_policy).  Returns the
 * reader.
 */
struct policy_reader *policy_start(struct policy_reader *reader, struct bytes text);

/*
 * Reads up to the next thing worth telling.  Call it until EVENT_END.  A line yields one event: a
 * line with several faults yields the one at which the kernel stops.  The first EVENT_FAULT of a
 * text is what the kernel refuses it for; without any, the kernel takes it.  What a faulty line
 * says changes no default; op, action, properties and digests are then not to be used.
 */
enum policy_event policy_next(struct policy_reader *reader);

/* The errno with which the kernel refuses a text for this fault: EBADMSG, EINVAL or ERANGE, and 0
 * for TEXT_OK (the functions of policy_parser.c say which). */
int policy_fault_errno(enum policy_fault fault);

/*
 * Reads "A.B.C" as the kernel does (parse_version: kstrtou16 for each, so a leading + is taken).
 * Also reads a policy's version node.  TEXT_OK, or a TEXT_VERSION_... fault; which one is what the
 * kernel would meet first.
 */
enum policy_fault policy_version_read(struct bytes text, struct policy_version *version);

/* The words of the grammar, lists as bytes_word() has them: "EXECUTE" and so on, in the order of
 * enum policy_op; "boot_verified=" and so on without a value, the three boolean ones first; what
 * they may be; and "ALLOW" and "DENY". */
#define POLICY_BOOLEANS 3
#define POLICY_PROPERTIES 5
extern const char *const policy_ops, *const policy_properties, *const policy_booleans,
								       *const policy_actions;

#endif
