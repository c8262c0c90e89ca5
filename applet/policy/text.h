/*
 * text.h - the text of an IPE policy, read as the kernel reads it
 *
 * The grammar is security/ipe/policy_parser.c with lib/parser.c and security/ipe/digest.c of
 * Linux 6.12, quirks included.  The reader is a stream: it keeps no table of rules, needs no
 * memory that grows, and looks at each byte of the text a bounded number of times.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef POLICY_TEXT_H
#define POLICY_TEXT_H

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

enum policy_action { ACTION_ALLOW, ACTION_DENY, ACTION_COUNT, ACTION_NONE = ACTION_COUNT };

/* What a rule can ask of a file.  The first ones are TRUE or FALSE, the others have a digest. */
enum policy_property {
	PROP_BOOT_VERIFIED,
	PROP_DMVERITY_SIGNATURE,
	PROP_FSVERITY_SIGNATURE,
	PROP_BOOLEANS, /* how many of these there are */
	PROP_DMVERITY_ROOTHASH = PROP_BOOLEANS,
	PROP_FSVERITY_DIGEST,
	PROP_COUNT,
};

/* The words of the grammar: "EXECUTE", "ALLOW", "boot_verified=", and, by its truth, "FALSE". */
extern const char *const policy_op_names[OP_COUNT];
extern const char *const policy_action_names[ACTION_COUNT];
extern const char *const policy_property_names[PROP_COUNT];
extern const char *const policy_boolean_names[2];

/* Each number is 0 to 65535. */
struct policy_version {
	uint16_t major, minor, revision;
};

/* Negative, 0 or positive: a is lower than b, the same, or higher (ver_to_u64() in policy.c). */
int policy_version_compare(struct policy_version a, struct policy_version b);

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
	TEXT_FAULTS           /* how many there are */
};

/* The errno with which the kernel refuses a text for this fault: EBADMSG, EINVAL or ERANGE, and 0
 * for TEXT_OK (the functions of policy_parser.c say which). */
int policy_fault_errno(enum policy_fault fault);

/* A digest property: algorithm and value as given (they are compared as given). */
struct policy_digest {
	enum policy_property property; /* PROP_DMVERITY_ROOTHASH or PROP_FSVERITY_DIGEST */
	struct bytes algorithm;        /* may be empty, which never matches */
	struct bytes hex;              /* even length, hexadecimal, may be empty */
	unsigned column;               /* the byte in its line, from 1 on, where the word begins */
};

/* How many digests of one rule are kept.  A file has one root hash and one fs-verity digest, so a
 * rule with two different values of a kind cannot match: two of a kind are enough to see that. */
#define POLICY_DIGESTS 4

/* A rule or a default.  A default has neither properties nor digests. */
struct policy_rule {
	enum policy_op op; /* OP_NONE: the global default */
	enum policy_action action;
	/* [property][value]: does it ask for this value?  A rule can ask for both values of a
	 * boolean property, and then matches nothing.  [true] of a digest property: the rule has
	 * one. */
	bool asks[PROP_COUNT][2];
	struct policy_digest digest[POLICY_DIGESTS]; /* the first ones */
	unsigned digests;                            /* how many are kept */
};

enum policy_event {
	EVENT_END,     /* nothing follows */
	EVENT_HEADER,  /* name and version have been read */
	EVENT_RULE,    /* a rule */
	EVENT_DEFAULT, /* a default */
	EVENT_FAULT,   /* a fault; reading goes on with the next line, so that all can be listed */
};

/*
 * Lines are counted as an editor counts them: "\n", "\r\n" and a lone "\r" each end one.  (For the
 * kernel "\r\n" ends two, with an empty line between them, which is the same policy.)
 *
 * A fault points to the smallest part that is wrong:
 *  - the value, if the name is right: of op=, action=, a boolean property, an item of the header;
 *  - of a version, the component that is not a number, or what follows the third;
 *  - of a digest, the first byte that is not a hexadecimal digit.
 * If something is missing (a value, the rest of a line or version, the last digit of an odd
 * number), the word is empty and the column is where it should stand.  A missing header is reported
 * at 1:1, a missing default behind the last line that has any words.
 */
struct policy_reader {
	/* The line of the last event: */
	unsigned line;     /* its number, from 1 on */
	struct bytes text; /* what it says, without comment and trailing blanks */

	/* After EVENT_FAULT: */
	enum policy_fault fault; /* after any other event TEXT_OK */
	unsigned column;         /* the byte in that line, from 1 on, where the wrong word begins */
	struct bytes word;       /* the wrong word; empty: something is missing */

	/* After EVENT_HEADER: */
	struct bytes name; /* of any length */
	struct policy_version version;

	/* After EVENT_RULE and EVENT_DEFAULT: */
	struct policy_rule rule;

	/* What has been seen so far: */
	enum policy_action defaults[OP_COUNT + 1]; /* [OP_NONE] is the global one */
	unsigned rules;                            /* how many rules (without defaults) */
	bool header;                               /* its line has been passed, good or bad */
	bool ended;                                /* the text has been read to its end */

	/* The reader's own: */
	bool bad_default;    /* a faulty line begins with DEFAULT: a missing one is no news */
	unsigned lines;      /* how many have been read */
	struct bytes unread; /* the rest of the text */
	struct bytes more;   /* the rest of the line */
};

/* Begins with a text of any length; an empty one is a fault (ipe_parse_policy). */
void policy_start(struct policy_reader *reader, struct bytes text);

/*
 * Reads up to the next thing worth telling.  Call it until EVENT_END.  A line yields one event: a
 * line with several faults yields the one at which the kernel stops.  The first EVENT_FAULT of a
 * text is what the kernel refuses it for; without any, the kernel takes it.  What a faulty line
 * says changes no default; the rule is then not to be used.
 */
enum policy_event policy_next(struct policy_reader *reader);

/*
 * Reads "A.B.C" as the kernel does (parse_version: kstrtou16 for each, so a leading + is taken).
 * Also reads a policy's version node.  TEXT_OK, or a TEXT_VERSION_... fault; which one is what the
 * kernel would meet first.
 */
enum policy_fault policy_version_read(struct bytes text, struct policy_version *version);

#endif
