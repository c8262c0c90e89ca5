/*
 * pkcs7.c - the form of a signed message, read as Linux 6.12 reads it
 *
 * The kernel's ASN.1 compiler turns crypto/asymmetric_keys/pkcs7.asn1, x509.asn1 and x509_akid.asn1
 * into tables that lib/asn1_decoder.c interprets, and calls functions of pkcs7_parser.c and
 * x509_cert_parser.c at marked elements.  Here it is the same: three tables of "forms", one
 * interpreter, one function that acts on what it met.  That agrees with the kernel element for
 * element (a SEQUENCE may lack its constructed bit, lengths need not be minimal, anything may stand
 * where the grammar says ANY), and is smaller than code for each element.
 *
 * What is refused here and taken by the kernel:
 *  - indefinite lengths around anything but the content.  What openssl writes with -stream has one
 *    around the content too, and that never verifies.
 *  - a message with a certificate of the signer and a signing time within the 24th hour or the 61st
 *    second that X.509 permits may be compared wrongly with that certificate's validity.
 *
 * What is not checked here, and refused by the kernel although no key of its own is involved:
 *  - everything that needs cryptography: digests, signatures, also those of the certificates on
 * each other, the inside of keys and signatures (except the size of a signer's RSA key);
 *  - a digest algorithm known to it but not built (SM3 or Streebog, say), and one that does not go
 *    together with the key algorithm;
 *  - a message digest attribute of another length than the digest;
 *  - a signer's algorithm that is not that of the key in its certificate;
 *  - a certificate whose authority key identifier names another with one half and does not fit it
 *    with the other half.
 *
 * SPDX-License-Identifier: MIT
 */
#include "pkcs7.h"

#include <errno.h>
#include <stdint.h>

/* What an object identifier means here.  From IS_NAMED on it is an index into names. */
enum meaning {
	IS_UNKNOWN,
	IS_DATA,
	IS_SIGNED_DATA,
	IS_RSA_KEY,
	IS_EC_KEY,
	IS_GOST_KEY,
	IS_CURVE,
	IS_RSA_SIGNATURE,
	IS_ECDSA_SIGNATURE,
	IS_GOST_SIGNATURE,
	IS_CONTENT_TYPE,
	IS_MESSAGE_DIGEST,
	IS_SIGNING_TIME,
	IS_REFUSED_ATTRIBUTE,
	IS_SUBJECT_KEY_ID,
	IS_KEY_USAGE,
	IS_BASIC_CONSTRAINTS,
	IS_AUTHORITY_KEY_ID,
	IS_NAMED,
	IS_SHA1 = IS_NAMED,
	IS_SHA224,
	IS_SHA256,
	IS_SHA384,
	IS_SHA512,
	IS_SHA3_256,
	IS_SHA3_384,
	IS_SHA3_512,
	IS_SM3,
	IS_STREEBOG256,
	IS_STREEBOG512,
	IS_LABEL,
	IS_CN = IS_LABEL,
	IS_C,
	IS_L,
	IS_ST,
	IS_O,
	IS_OU,
	IS_EMAIL,
};

static const char names[] = "SHA-1\0SHA-224\0SHA-256\0SHA-384\0SHA-512\0SHA3-256\0SHA3-384\0"
			    "SHA3-512\0SM3\0Streebog-256\0Streebog-512\0"
			    "CN\0C\0L\0ST\0O\0OU\0emailAddress";

/*
 * The object identifiers that matter, of those in include/linux/oid_registry.h.  An entry is: how
 * many bytes it shares with the one before it (upper half of a byte) and how many follow (lower
 * half), these, and the meaning.
 */
static const unsigned char oids[] = {
	/* 1.2.840.113549.1: PKCS #1, #7, #9 */
	0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 1, IS_RSA_KEY, 0x81, 5,
	IS_RSA_SIGNATURE, /* with SHA-1 */
	0x81, 11, IS_RSA_SIGNATURE, 0x81, 12, IS_RSA_SIGNATURE, 0x81, 13, IS_RSA_SIGNATURE, 0x81,
	14, IS_RSA_SIGNATURE, /* with SHA-2 */
	0x72, 7, 1, IS_DATA, 0x81, 2, IS_SIGNED_DATA, 0x72, 9, 1, IS_EMAIL, 0x81, 3,
	IS_CONTENT_TYPE, 0x81, 4, IS_MESSAGE_DIGEST, 0x81, 5, IS_SIGNING_TIME, 0x81, 15,
	IS_REFUSED_ATTRIBUTE, /* S/MIME capabilities */
	/* 1.2.840.10045: ANSI X9.62 */
	0x34, 0xce, 0x3d, 2, 1, IS_EC_KEY, 0x53, 3, 1, 1, IS_CURVE, 0x71, 7,
	IS_CURVE,                       /* P-192, P-256 */
	0x52, 4, 1, IS_ECDSA_SIGNATURE, /* with SHA-1 */
	0x62, 3, 1, IS_ECDSA_SIGNATURE, 0x71, 2, IS_ECDSA_SIGNATURE, 0x71, 3, IS_ECDSA_SIGNATURE,
	0x71, 4, IS_ECDSA_SIGNATURE, /* with SHA-2 */
	/* 1.2.643.7.1.1: GOST R 34.10-2012, 34.11-2012 */
	0x17, 0x85, 3, 7, 1, 1, 1, 1, IS_GOST_KEY, 0x71, 2, IS_GOST_KEY, 0x62, 2, 2, IS_STREEBOG256,
	0x71, 3, IS_STREEBOG512, 0x62, 3, 2, IS_GOST_SIGNATURE, 0x71, 3, IS_GOST_SIGNATURE,
	/* 1.2.156.10197.1.401 */
	0x17, 0x81, 0x1c, 0xcf, 0x55, 1, 0x83, 0x11, IS_SM3,
	/* 1.3.14.3.2.26, 1.3.132.0: SEC 2, 1.3.6.1.4.1.311.2.1: Authenticode */
	0x05, 0x2b, 14, 3, 2, 26, IS_SHA1, 0x14, 0x81, 4, 0, 34, IS_CURVE, 0x41, 35,
	IS_CURVE, /* P-384, P-521 */
	0x19, 6, 1, 4, 1, 0x82, 0x37, 2, 1, 11, IS_REFUSED_ATTRIBUTE, 0x91, 12,
	IS_REFUSED_ATTRIBUTE, /* StatementType, SpOpusInfo */
	/* 2.5.29: extensions, 2.5.4: attributes of names */
	0x03, 0x55, 29, 14, IS_SUBJECT_KEY_ID, 0x21, 15, IS_KEY_USAGE, 0x21, 19,
	IS_BASIC_CONSTRAINTS, 0x21, 35, IS_AUTHORITY_KEY_ID, 0x12, 4, 3, IS_CN, 0x21, 6, IS_C, 0x21,
	7, IS_L, 0x21, 8, IS_ST, 0x21, 10, IS_O, 0x21, 11, IS_OU,
	/* 2.16.840.1.101.3.4: NIST */
	0x09, 0x60, 0x86, 0x48, 1, 101, 3, 4, 2, 1, IS_SHA256, 0x81, 2, IS_SHA384, 0x81, 3,
	IS_SHA512, 0x81, 4, IS_SHA224, 0x81, 8, IS_SHA3_256, 0x81, 9, IS_SHA3_384, 0x81, 10,
	IS_SHA3_512, 0x72, 3, 10, IS_ECDSA_SIGNATURE, 0x81, 11, IS_ECDSA_SIGNATURE, 0x81, 12,
	IS_ECDSA_SIGNATURE, /* with SHA-3 */
	0x81, 14, IS_RSA_SIGNATURE, 0x81, 15, IS_RSA_SIGNATURE, 0x81, 16,
	IS_RSA_SIGNATURE, /* with SHA-3 */
};

/* Identifier bytes (X.690 section 8.1.2). */
#define ANY 0x00 /* any tag of one byte; in forms only */
#define BOOLEAN 0x01
#define INTEGER 0x02
#define BITS 0x03
#define OCTETS 0x04
#define OBJECT 0x06
#define UTC_TIME 0x17
#define GENERALIZED_TIME 0x18
#define SEQUENCE 0x30
#define SET 0x31
#define PRIMITIVE(n) (0x80 | (n))   /* [n] IMPLICIT of something primitive */
#define CONSTRUCTED(n) (0xa0 | (n)) /* [n] EXPLICIT, or IMPLICIT of something constructed */
#define IS_CONSTRUCTED 0x20

/* What to do with an element once it has been read, with all inside it.  Up to SLOTS: keep its
 * value in the slot of that number. */
enum action {
	NOTHING,
	OID,
	TEXT,
	CERTIFICATES,
	ISSUER, /* the signer's */
	SERIAL,
	KEY_ID,
	SIGNATURE,
	CERT_FIRST,
	CERT_SERIAL = CERT_FIRST,
	CERT_ISSUER,
	CERT_SUBJECT,
	CERT_KEY_ID, /* kept by EXTENSION */
	CERT_AUTHORITY,
	CERT_ALGORITHM, /* kept by CERT_SIGNED */
	CERT_CURVE,     /* kept by PARAMETERS */
	AUTHORITY_KEY,
	AUTHORITY_NAME,
	AUTHORITY_SERIAL,
	SLOTS,
	TYPE = SLOTS,
	VERSION,
	CONTENT,
	CERTIFICATE,
	SIGNER_VERSION,
	DIGEST,
	ATTRIBUTE,
	ATTRIBUTES,
	KEY,
	SIGNER,
	CERT_SIGNED,
	NOT_BEFORE,
	NOT_AFTER,
	PARAMETERS,
	CERT_KEY,
	EXTENSION,
	CERT_SIGNATURE,
};

/*
 * A form is a list of elements.  Each is an action with flags, a tag, and, if the tag is
 * constructed, the number of bytes of the form of what is inside it and that form.
 */
#define OPTIONAL 0x40    /* in an action: the element may be absent */
#define ALTERNATIVE 0x80 /* in an action: it is absent if the one before it is there */
#define MANY 0x40        /* in a tag: what is inside comes once or more often */
#define EITHER 0x08      /* in a tag: a SEQUENCE will do for a SET, [n + 2] for [n] */
#define OF(action, tag, ...) \
	(action), (tag), sizeof((const unsigned char[]){__VA_ARGS__}), __VA_ARGS__

#define NAME(action) \
	OF(action, SEQUENCE | MANY, \
		OF(NOTHING, SET | MANY, OF(NOTHING, SEQUENCE, OID, OBJECT, NOTHING, ANY)))
#define ALGORITHM(action, parameters) \
	OF(action, SEQUENCE, OID, OBJECT, (parameters) | OPTIONAL, ANY)
#define ATTRIBUTE_OF(action) \
	OF(NOTHING, SEQUENCE, OID, OBJECT, OF(NOTHING, SET | MANY, action, ANY))

/* pkcs7.asn1, inside PKCS7ContentInfo */
static const unsigned char message_form[] = {
	/* clang-format off */
	TYPE, OBJECT,
	OF(OPTIONAL, CONSTRUCTED(0), OF(NOTHING, SEQUENCE,
		VERSION, INTEGER,
		OF(OPTIONAL, SET | MANY | EITHER, ALGORITHM(NOTHING, NOTHING)),
		OF(CONTENT, SEQUENCE,
			OID, OBJECT,
			OF(OPTIONAL, CONSTRUCTED(0), TEXT, ANY)),
		OF(CERTIFICATES | OPTIONAL, CONSTRUCTED(0) | MANY | EITHER,
			CERTIFICATE | OPTIONAL, ANY),
		OF(OPTIONAL, CONSTRUCTED(1) | MANY | EITHER, /* CRLs; they cannot be right */
			OF(NOTHING, SEQUENCE | MANY, CERTIFICATE, ANY)),
		OF(OPTIONAL, SET | MANY | EITHER, OF(SIGNER, SEQUENCE,
			SIGNER_VERSION, INTEGER,
			OF(OPTIONAL, SEQUENCE, NAME(ISSUER), SERIAL, INTEGER),
			KEY_ID | ALTERNATIVE, PRIMITIVE(0),
			ALGORITHM(DIGEST, NOTHING),
			OF(ATTRIBUTES | OPTIONAL, CONSTRUCTED(0) | MANY, ATTRIBUTE_OF(ATTRIBUTE)),
			OF(ALTERNATIVE | OPTIONAL, CONSTRUCTED(2),
				OF(NOTHING, SEQUENCE | MANY, ATTRIBUTE_OF(ATTRIBUTE))),
			ALGORITHM(KEY, NOTHING),
			SIGNATURE, OCTETS,
			OF(OPTIONAL, CONSTRUCTED(1) | MANY | EITHER, ATTRIBUTE_OF(NOTHING)))))),
	/* clang-format on */
};

/* x509.asn1, inside Certificate */
static const unsigned char certificate_form[] = {
	/* clang-format off */
	OF(NOTHING, SEQUENCE,
		OF(OPTIONAL, CONSTRUCTED(0), NOTHING, INTEGER),
		CERT_SERIAL, INTEGER,
		ALGORITHM(CERT_SIGNED, NOTHING),
		NAME(CERT_ISSUER),
		OF(NOTHING, SEQUENCE,
			NOT_BEFORE, ANY,
			NOT_AFTER | OPTIONAL, ANY), /* if absent, the kernel takes the first again */
		NAME(CERT_SUBJECT),
		OF(NOTHING, SEQUENCE, ALGORITHM(NOTHING, PARAMETERS), CERT_KEY, BITS),
		OPTIONAL, PRIMITIVE(1),
		OPTIONAL, PRIMITIVE(2),
		OF(OPTIONAL, CONSTRUCTED(3), OF(NOTHING, SEQUENCE | MANY, OF(NOTHING, SEQUENCE,
			OID, OBJECT,
			OPTIONAL, BOOLEAN,
			EXTENSION, OCTETS)))),
	ALGORITHM(NOTHING, NOTHING),
	CERT_SIGNATURE, BITS,
	/* clang-format on */
};

/* x509_akid.asn1, inside AuthorityKeyIdentifier */
static const unsigned char authority_form[] = {
	/* clang-format off */
	AUTHORITY_KEY | OPTIONAL, PRIMITIVE(0),
	OF(OPTIONAL, CONSTRUCTED(1) | MANY,
		OF(OPTIONAL, CONSTRUCTED(0),
			OID, OBJECT,
			OF(NOTHING, CONSTRUCTED(0), NOTHING, ANY)),
		ALTERNATIVE | OPTIONAL, PRIMITIVE(1),
		ALTERNATIVE | OPTIONAL, PRIMITIVE(2),
		OF(ALTERNATIVE | OPTIONAL, CONSTRUCTED(3), NOTHING, ANY),
		OF(ALTERNATIVE | OPTIONAL, CONSTRUCTED(4), NAME(AUTHORITY_NAME)),
		OF(ALTERNATIVE | OPTIONAL, CONSTRUCTED(5),
			OF(OPTIONAL, CONSTRUCTED(0), NOTHING, ANY),
			OF(NOTHING, CONSTRUCTED(1), NOTHING, ANY)),
		ALTERNATIVE | OPTIONAL, PRIMITIVE(6),
		ALTERNATIVE | OPTIONAL, PRIMITIVE(7),
		ALTERNATIVE | OPTIONAL, PRIMITIVE(8)),
	AUTHORITY_SERIAL | OPTIONAL, PRIMITIVE(2),
	/* clang-format on */
};

struct reader {
	struct pkcs7_message *message;
	struct bytes slots[SLOTS];
	enum pkcs7_fault late;  /* what the kernel notices only after it has parsed the message */
	unsigned char version;  /* SignedData's */
	bool by_key;            /* the signer is named by its key's identifier */
	bool rsa;               /* the signer's key algorithm is RSA */
	bool signed_attributes; /* the signer has them */
	bool first_has;         /* the first signer had */
	bool mixed;             /* and another is not like it */
	uint32_t attributes;    /* which the signer has: 1 << meaning */
	uint64_t signing_time;  /* the signer's */
	uint64_t not_before, not_after; /* the certificate's */
};

/* The index-th of a list of strings. */
static const char *string_of(const char *list, unsigned index)
{
	while (index--)
		list += strlen(list) + 1;
	return list;
}

static enum meaning meaning_of(struct bytes oid)
{
	const unsigned char *at = oids;
	unsigned char name[16];

	while (at < oids + sizeof(oids)) {
		size_t keep = *at >> 4, more = *at & 15;

		memcpy(name + keep, at + 1, more);
		at += 1 + more + 1;
		if (bytes_equal(oid, (struct bytes){name, keep + more}))
			return at[-1];
	}
	return IS_UNKNOWN;
}

/* Keeps the first fault that leaves the text readable. */
static void note(struct reader *reader, enum pkcs7_fault fault)
{
	if (!reader->message->refused)
		reader->message->refused = fault;
}

struct element {
	unsigned char tag;
	bool short_length; /* its length is the one byte before value */
	struct bytes value;
};

/* Takes an element with its header: X.690 section 8.1.3, with asn1_ber_decoder's limits. */
static enum pkcs7_fault take(struct bytes *from, struct element *element)
{
	struct bytes rest = *from;
	unsigned char byte = 0;
	size_t length;

	if (!bytes_get(&rest, &element->tag) || !bytes_get(&rest, &byte) ||
		(element->tag & 0x1f) == 0x1f)
		return PKCS7_BROKEN;
	length = byte;
	element->short_length = length < 0x80;
	if (length == 0x80)
		return element->tag & IS_CONSTRUCTED ? PKCS7_STREAM : PKCS7_BROKEN;
	if (length > 0x80) {
		if (length > 0x82)
			return PKCS7_BROKEN;
		for (unsigned count = length - 0x80, i = length = 0; i < count; i++) {
			if (!bytes_get(&rest, &byte))
				return PKCS7_BROKEN;
			length = length << 8 | byte;
		}
	}
	if (!bytes_take(&rest, length, &element->value))
		return PKCS7_BROKEN;
	*from = rest;
	return PKCS7_OK;
}

/* Takes two digits. */
static bool take_pair(struct bytes *from, unsigned *number)
{
	*number = 0;
	for (int i = 0; i < 2; i++) {
		unsigned char digit;

		if (!bytes_get(from, &digit) || (digit -= '0') > 9)
			return false;
		*number = *number * 10 + digit;
	}
	return true;
}

/* Reads a time as a number that grows with it: YYYYMMDDhhmmss (x509_decode_time). */
static bool read_time(const struct element *element, uint64_t *time)
{
	static const unsigned char most[] = {12, 31, 24, 59, 60};
	struct bytes from = element->value;
	unsigned year, number, days = 0;

	if (!take_pair(&from, &year))
		return false;
	if (element->tag == UTC_TIME) {
		year += year >= 50 ? 1900 : 2000;
	} else {
		if (element->tag != GENERALIZED_TIME || !take_pair(&from, &number))
			return false;
		year = year * 100 + number;
		if (year >= 1950 && year <= 2049)
			return false;
	}
	if (year < 1970)
		return false;
	*time = year;
	for (unsigned i = 0; i < sizeof(most); i++) {
		if (!take_pair(&from, &number) || number > most[i])
			return false;
		if (i == 0) {
			bool leap = year % 4 == 0 && (year % 100 || year % 400 == 0);

			days = number == 2 ? 28u + leap : 30u + ((number + (number > 7)) & 1);
		}
		if (i < 2 && !number)
			return false;
		if (i == 1 && number > days)
			return false;
		*time = *time * 100 + number;
	}
	return bytes_skip(&from, "Z") && !from.left;
}

/* One value of a signed attribute (pkcs7_sig_note_authenticated_attr). */
static enum pkcs7_fault check_attribute(struct reader *reader, const struct element *element)
{
	enum meaning meaning = meaning_of(reader->slots[OID]);
	uint32_t bit;

	if (meaning < IS_CONTENT_TYPE || meaning > IS_REFUSED_ATTRIBUTE)
		return PKCS7_OK;
	bit = (uint32_t)1 << meaning;
	if (reader->attributes & bit)
		return PKCS7_ATTR_REPEATED;
	reader->attributes |= bit;
	switch (meaning) {
	case IS_CONTENT_TYPE:
		return meaning_of(element->value) == IS_DATA ? PKCS7_OK : PKCS7_ATTR_MISSING;
	case IS_MESSAGE_DIGEST:
		return element->tag == OCTETS ? PKCS7_OK : PKCS7_ATTR_MISSING;
	case IS_SIGNING_TIME:
		return read_time(element, &reader->signing_time) ? PKCS7_OK : PKCS7_SIGNING_TIME;
	default:
		return PKCS7_ATTR_KIND;
	}
}

/* A certificate's extension (x509_process_extension). */
static enum pkcs7_fault check_extension(struct reader *reader, struct bytes value)
{
	unsigned char tag = 0, length = 0, unused = 8, bits;
	struct bytes from = value;
	bool exact, good = true;

	exact = bytes_get(&from, &tag) && bytes_get(&from, &length) && length == from.left;
	switch (meaning_of(reader->slots[OID])) {
	case IS_SUBJECT_KEY_ID:
		good = exact && tag == OCTETS && length && !reader->slots[CERT_KEY_ID].at;
		reader->slots[CERT_KEY_ID] = from;
		break;
	case IS_KEY_USAGE:
		good = bytes_get(&from, &unused) && bytes_get(&from, &bits) && tag == BITS &&
		       unused < 8;
		break;
	case IS_BASIC_CONSTRAINTS:
		good = exact && tag == SEQUENCE && (!length || bytes_skip(&from, "\1\1\xff"));
		break;
	case IS_AUTHORITY_KEY_ID:
		reader->slots[CERT_AUTHORITY] = value;
		break;
	default:
		break;
	}
	return good ? PKCS7_OK : PKCS7_CERT_BROKEN;
}

/* A certificate's public key (x509_extract_key_data) or its signature, each a BIT STRING. */
static enum pkcs7_fault check_bits(struct bytes value)
{
	unsigned char unused;

	return bytes_get(&value, &unused) && !unused ? PKCS7_OK : PKCS7_CERT_BROKEN;
}

static enum pkcs7_fault check_key(struct reader *reader, struct bytes value)
{
	struct bytes curve = reader->slots[CERT_CURVE];

	switch (meaning_of(reader->slots[OID])) {
	case IS_EC_KEY:
		if (!curve.left)
			return PKCS7_CERT_BROKEN;
		if (meaning_of(curve) != IS_CURVE)
			return PKCS7_CERT_ALGO;
		break;
	case IS_RSA_KEY:
	case IS_GOST_KEY:
		break;
	default:
		return PKCS7_CERT_ALGO;
	}
	return check_bits(value);
}

static enum pkcs7_fault act(
	struct reader *reader, enum action action, const struct element *element);

/*
 * Reads what is inside an element, from its first to its last byte, as form says: once, or (many)
 * again and again.  The forms' depth bounds the recursion.
 */
static enum pkcs7_fault walk(
	struct reader *reader, const unsigned char *form, size_t size, bool many, struct bytes from)
{
	enum pkcs7_fault fault;
	size_t before;

	do {
		bool matched = false;

		before = from.left;
		for (const unsigned char *at = form, *inside; at < form + size;) {
			unsigned action = *at++, flags = *at++, tag = flags, loose = 0, count = 0;
			struct element element;
			struct bytes peek = from;

			if (flags & IS_CONSTRUCTED) {
				count = *at++;
				tag = flags & ~(MANY | EITHER);
				/* The kernel does not insist on the constructed bit. */
				loose = IS_CONSTRUCTED;
				if (flags & EITHER)
					loose |= flags & 0x80 ? 2 : 1;
			}
			inside = at;
			at += count;
			if ((action & ALTERNATIVE && matched) || (action & OPTIONAL && !from.left))
				continue;
			matched = false;
			if (!bytes_get(&peek, &element.tag) || !peek.left ||
				(element.tag & 0x1f) == 0x1f)
				return PKCS7_BROKEN;
			if (tag != ANY && (element.tag ^ tag) & ~loose) {
				if (action & OPTIONAL)
					continue;
				return PKCS7_BROKEN;
			}
			fault = take(&from, &element);
			if (fault)
				return fault;
			matched = true;
			if (count) {
				if (flags & EITHER && flags < 0x80 && !element.value.left)
					return PKCS7_NO_SIGNER;
				fault = walk(reader, inside, count, flags & MANY, element.value);
				if (fault)
					return fault;
			}
			fault = act(reader, action & ~(OPTIONAL | ALTERNATIVE), &element);
			if (fault)
				return fault;
		}
	} while (many && from.left && from.left < before);
	return from.left ? PKCS7_BROKEN : PKCS7_OK;
}

/* Reads a certificate (x509_cert_parse) into the slots from CERT_FIRST on.  They hold what was
 * found also when there is a fault. */
static enum pkcs7_fault read_certificate(struct reader *reader, const struct element *element)
{
	struct element authority;
	enum pkcs7_fault fault;

	memset(reader->slots + CERT_FIRST, 0,
		sizeof(reader->slots) - CERT_FIRST * sizeof(struct bytes));
	fault = element->tag == SEQUENCE ? walk(reader, certificate_form, sizeof(certificate_form),
						   false, element->value)
					 : PKCS7_BROKEN;
	if (!fault && reader->slots[CERT_AUTHORITY].at) {
		fault = take(&reader->slots[CERT_AUTHORITY], &authority);
		if (!fault)
			fault = (authority.tag | IS_CONSTRUCTED) == SEQUENCE
					? walk(reader, authority_form, sizeof(authority_form),
						  false, authority.value)
					: PKCS7_BROKEN;
	}
	return fault == PKCS7_BROKEN ? PKCS7_CERT_BROKEN : fault;
}

/* Reads the signer's certificate, if it is included, into the slots. */
static bool find_certificate(struct reader *reader)
{
	struct bytes from = reader->slots[CERTIFICATES], *slots = reader->slots;
	struct element element;

	while (!take(&from, &element)) {
		read_certificate(reader, &element);
		if (reader->by_key ? bytes_equal(slots[CERT_KEY_ID], slots[KEY_ID])
				   : bytes_equal(slots[CERT_SERIAL], slots[SERIAL]) &&
					     bytes_equal(slots[CERT_ISSUER], slots[ISSUER]))
			return true;
	}
	return false;
}

/* Is this the length of the signature of an RSA key that crypto/rsa.c takes?  It rounds up to
 * whole words. */
static bool is_rsa_size(size_t bytes)
{
	static const unsigned char words[] = {8, 16, 24, 32, 48, 64};
	size_t count = (bytes + 7) / 8;

	return count <= 64 && memchr(words, (int)count, sizeof(words));
}

/* A whole SignerInfo (pkcs7_note_signed_info), and what pkcs7_verify_one will say to it. */
static void end_signer(struct reader *reader)
{
	struct pkcs7_message *message = reader->message;
	const struct bytes *slots = reader->slots;
	bool first = !message->signers++;

	if (first)
		reader->first_has = reader->signed_attributes;
	reader->mixed |= reader->first_has != reader->signed_attributes;
	if ((first || !message->refused) && find_certificate(reader)) {
		bool included = !reader->by_key;
		enum pkcs7_fault late = PKCS7_OK;

		if (first) {
			message->subject = slots[CERT_SUBJECT];
			message->signer_included = included;
			message->issuer_unknowable =
				included && !bytes_equal(slots[CERT_SUBJECT], slots[CERT_ISSUER]) &&
				!slots[AUTHORITY_KEY].at &&
				!(slots[AUTHORITY_NAME].at && slots[AUTHORITY_SERIAL].at);
		}
		if (reader->rsa && !is_rsa_size(slots[SIGNATURE].left))
			late = PKCS7_KEY_SIZE;
		if (reader->attributes & 1 << IS_SIGNING_TIME &&
			(reader->signing_time < reader->not_before ||
				reader->signing_time > reader->not_after))
			late = PKCS7_TIME_OUTSIDE;
		if (included && !reader->late)
			reader->late = late;
	}
	reader->attributes = 0;
	reader->signed_attributes = false;
}

/* A version number (pkcs7_note_signeddata_version, pkcs7_note_signerinfo_version). */
static unsigned char check_version(struct reader *reader, struct bytes value)
{
	unsigned char version = 0;

	if (!bytes_get(&value, &version) || value.left || (version != 1 && version != 3))
		note(reader, PKCS7_VERSION);
	return version;
}

/* Does what is to be done with an element. */
static enum pkcs7_fault act(
	struct reader *reader, enum action action, const struct element *element)
{
	struct pkcs7_message *message = reader->message;
	struct bytes *slots = reader->slots;
	enum meaning meaning = IS_UNKNOWN;
	enum pkcs7_fault fault;

	if (action < SLOTS) {
		slots[action] = element->value;
		return PKCS7_OK;
	}
	switch (action) {
	case TYPE:
		return meaning_of(element->value) == IS_SIGNED_DATA ? PKCS7_OK : PKCS7_NOT_SIGNED;
	case VERSION:
		reader->version = check_version(reader, element->value);
		break;
	case CONTENT:
		if (meaning_of(slots[OID]) != IS_DATA)
			return PKCS7_NOT_DATA;
		if (!slots[TEXT].at)
			return PKCS7_DETACHED;
		if (!slots[TEXT].left)
			return PKCS7_NO_TEXT;
		break;
	case CERTIFICATE:
		message->certificates++;
		fault = read_certificate(reader, element);
		if (fault)
			note(reader, fault);
		break;
	case SIGNER_VERSION:
		reader->by_key = check_version(reader, element->value) == 3;
		if (reader->by_key == (reader->version == 1))
			note(reader, PKCS7_VERSION_MIXED);
		break;
	case DIGEST:
		meaning = meaning_of(slots[OID]);
		if (meaning < IS_NAMED || meaning >= IS_LABEL)
			note(reader, PKCS7_DIGEST_ALGO);
		else if (!message->signers)
			message->digest = string_of(names, meaning - IS_NAMED);
		break;
	case ATTRIBUTE:
		fault = check_attribute(reader, element);
		if (fault)
			note(reader, fault);
		break;
	case ATTRIBUTES:
		reader->signed_attributes = true;
		if (~reader->attributes & (1 << IS_CONTENT_TYPE | 1 << IS_MESSAGE_DIGEST))
			note(reader, PKCS7_ATTR_MISSING);
		break;
	case KEY:
		meaning = meaning_of(slots[OID]);
		reader->rsa = meaning == IS_RSA_KEY;
		if (!reader->rsa && meaning != IS_ECDSA_SIGNATURE && meaning != IS_GOST_KEY)
			note(reader, PKCS7_KEY_ALGO);
		else if (!message->signers)
			message->key = reader->rsa ? "RSA" : "ECDSA";
		break;
	case SIGNER:
		end_signer(reader);
		break;
	case CERT_SIGNED:
		slots[CERT_ALGORITHM] = slots[OID];
		meaning = meaning_of(slots[OID]);
		if (meaning < IS_RSA_SIGNATURE || meaning > IS_GOST_SIGNATURE)
			return PKCS7_CERT_ALGO;
		break;
	case NOT_BEFORE:
		if (!read_time(element, &reader->not_before))
			return PKCS7_CERT_BROKEN;
		reader->not_after = reader->not_before;
		break;
	case NOT_AFTER:
		if (!read_time(element, &reader->not_after))
			return PKCS7_CERT_BROKEN;
		break;
	case PARAMETERS:
		if (element->tag == OBJECT && element->short_length)
			slots[CERT_CURVE] = element->value;
		break;
	case CERT_KEY:
		return check_key(reader, element->value);
	case EXTENSION:
		return check_extension(reader, element->value);
	case CERT_SIGNATURE:
		if (!bytes_equal(slots[OID], slots[CERT_ALGORITHM]))
			return PKCS7_CERT_MIXED;
		return check_bits(element->value);
	default:
		break;
	}
	return PKCS7_OK;
}

/* Does it begin with a mail's header, letters and hyphens up to a colon? */
static bool is_mail(struct bytes from)
{
	unsigned char byte;
	bool any = false;

	while (bytes_get(&from, &byte)) {
		if (byte == ':')
			return any;
		if (byte != '-' && ((byte | 0x20) < 'a' || (byte | 0x20) > 'z'))
			return false;
		any = true;
	}
	return false;
}

static enum pkcs7_fault read_message(struct reader *reader, struct bytes from)
{
	struct element element;
	enum pkcs7_fault fault;

	if (!from.left)
		return PKCS7_EMPTY;
	if (from.left > PKCS7_MAX)
		return PKCS7_TOO_LONG;
	if (bytes_skip(&from, "-----BEGIN"))
		return PKCS7_PEM;
	if (is_mail(from))
		return PKCS7_SMIME;
	fault = take(&from, &element);
	if ((element.tag | IS_CONSTRUCTED) != SEQUENCE)
		return PKCS7_NOT_DER;
	if (fault)
		return fault == PKCS7_STREAM ? fault : PKCS7_CUT;
	fault = walk(reader, message_form, sizeof(message_form), false, element.value);
	if (!fault && !reader->message->signers)
		return PKCS7_NOT_SIGNED;
	return fault;
}

enum pkcs7_fault pkcs7_read(struct bytes from, struct pkcs7_message *message)
{
	struct reader reader = {.message = message};
	enum pkcs7_fault fault;

	*message = (struct pkcs7_message){.refused = PKCS7_OK};
	fault = read_message(&reader, from);
	if (fault) {
		note(&reader, fault);
		return fault;
	}
	if (reader.mixed)
		note(&reader, PKCS7_ATTR_MIXED);
	note(&reader, reader.late);
	message->text = reader.slots[TEXT];
	return PKCS7_OK;
}

int pkcs7_fault_errno(enum pkcs7_fault fault)
{
	static const unsigned char errors[PKCS7_FAULTS] = {
		[PKCS7_EMPTY] = EBADMSG,
		[PKCS7_TOO_LONG] = EMSGSIZE,
		[PKCS7_PEM] = EBADMSG,
		[PKCS7_SMIME] = EBADMSG,
		[PKCS7_NOT_DER] = EBADMSG,
		[PKCS7_CUT] = EBADMSG,
		[PKCS7_BROKEN] = EBADMSG,
		[PKCS7_NOT_SIGNED] = EINVAL,
		[PKCS7_NO_SIGNER] = EBADMSG,
		[PKCS7_NOT_DATA] = EINVAL,
		[PKCS7_DETACHED] = EKEYREJECTED,
		[PKCS7_STREAM] = EKEYREJECTED,
		[PKCS7_NO_TEXT] = EBADMSG,
		[PKCS7_VERSION] = EINVAL,
		[PKCS7_VERSION_MIXED] = EBADMSG,
		[PKCS7_DIGEST_ALGO] = ENOPKG,
		[PKCS7_KEY_ALGO] = ENOPKG,
		[PKCS7_KEY_SIZE] = EINVAL,
		[PKCS7_ATTR_KIND] = EKEYREJECTED,
		[PKCS7_ATTR_REPEATED] = EKEYREJECTED,
		[PKCS7_ATTR_MISSING] = EBADMSG,
		[PKCS7_ATTR_MIXED] = EINVAL,
		[PKCS7_SIGNING_TIME] = EBADMSG,
		[PKCS7_TIME_OUTSIDE] = EKEYREJECTED,
		[PKCS7_CERT_BROKEN] = EBADMSG,
		[PKCS7_CERT_MIXED] = EINVAL,
		[PKCS7_CERT_ALGO] = ENOPKG,
	};

	return errors[fault];
}

const char *pkcs7_fault_words(enum pkcs7_fault fault)
{
	static const char words[] =
		"good\0"
		"empty\0"
		"longer than 65,535 bytes, the most that the kernel takes\0"
		"PEM: the kernel takes DER only (sign with -outform der)\0"
		"S/MIME text: the kernel takes DER only (sign with -outform der)\0"
		"not a signed message (sign the policy with openssl smime -sign, -outform der)\0"
		"truncated: the message is longer than the file\0"
		"damaged, or no signed message\0"
		"not signed data (sign the policy with openssl smime -sign)\0"
		"nobody signed it: a collection of certificates\0"
		"signed, but what is signed is not of type data (openssl smime -sign makes that)\0"
		"detached: the policy is not in the message (sign with -nodetach)\0"
		"streamed: the kernel takes no indefinite lengths (sign without -stream)\0"
		"the signed policy is empty\0"
		"a version of the message format that the kernel does not take\0"
		"signers named in different ways (-keyid for all of them or for none)\0"
		"a digest that the kernel does not have (sign with -md sha256)\0"
		"a signature algorithm that the kernel does not have (sign with an ordinary RSA "
		"key and "
		"without PSS, or with ECDSA)\0"
		"an RSA key of a size that the kernel does not take (2048, 3072 or 4096 bits)\0"
		"signed attributes that the kernel refuses (sign with -noattr or -nosmimecap)\0"
		"a signed attribute that is repeated or has several values (sign with -noattr)\0"
		"signed attributes lack the content's type or digest (sign with -noattr)\0"
		"one signer has signed attributes, another has none (sign with -noattr)\0"
		"a malformed signing time (sign with -noattr)\0"
		"signed outside the validity of the signer's certificate (sign with -noattr)\0"
		"a certificate in the message that the kernel cannot read (try -nocerts)\0"
		"a certificate in the message that names two signature algorithms\0"
		"a certificate in the message has a key or signature of a kind that the kernel "
		"does not "
		"have (use ordinary RSA without PSS, or ECDSA on P-256, P-384 or P-521)";

	return string_of(words, fault);
}

bool pkcs7_name_next(struct bytes *name, const char **label, struct bytes *value)
{
	struct element element;
	struct bytes rest = *name, oid;
	enum meaning meaning;

	for (;;) {
		if (take(&rest, &element))
			return false;
		if ((element.tag | IS_CONSTRUCTED) != SET)
			break;
		/* Step into it: what is inside and what is behind lie in a row. */
		rest.left += element.value.left;
		rest.at = element.value.at;
	}
	*name = rest;
	rest = element.value;
	if (take(&rest, &element))
		return false;
	oid = element.value;
	if (take(&rest, &element))
		return false;
	*value = element.value;
	meaning = meaning_of(oid);
	*label = meaning >= IS_LABEL ? string_of(names, meaning - IS_NAMED) : NULL;
	return true;
}
