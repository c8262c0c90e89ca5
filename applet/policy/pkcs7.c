/*
 * pkcs7.c - the form of a signed message, read as Linux 6.12 reads it
 *
 * The kernel's ASN.1 compiler turns crypto/asymmetric_keys/pkcs7.asn1 and x509.asn1 into tables
 * that lib/asn1_decoder.c interprets, and calls functions of pkcs7_parser.c and x509_cert_parser.c
 * at marked elements.  Here it is the same: two tables of "forms", one interpreter, one function
 * that acts on what it met.  That agrees with the kernel also where it is lax (lengths need not be
 * minimal, anything may stand where the grammar says ANY), and is smaller than code for each
 * element.
 *
 * What is refused here and taken by the kernel, because nothing writes it:
 *  - indefinite lengths around anything but the content.  What openssl writes with -stream has one
 *    around the content too, and that never verifies.
 *  - a SEQUENCE for a SET, [2] or [3] for [0] or [1] (PKCS #7 1.6), a SEQUENCE or SET without its
 *    constructed bit.
 *
 * What is not checked here, and refused by the kernel although no key of its own is involved:
 *  - everything that needs cryptography: digests, signatures, also those of the certificates on
 * each other, the inside of keys and signatures (except the size of a signer's RSA key);
 *  - a digest algorithm known to it but not built (SM3 or Streebog, say), and one that does not go
 *    together with the key algorithm;
 *  - a message digest attribute of another length than the digest;
 *  - a signer's algorithm that is not that of the key in its certificate;
 *  - in a certificate, what no tool is known to get wrong: times that do not exist, two names for
 * its signature's algorithm, unused bits in key and signature, the form of key usage and key
 * identifiers, identifiers that contradict each other;
 *  - a signer named in both ways or in none.
 *
 * SPDX-License-Identifier: MIT
 */
#include "policy/pkcs7.h"

#include <errno.h>
#include <stdint.h>

/*
 * What an object identifier means here.  What is asked for together stands together, see limits.
 * From IS_NAMED on it is in names.
 */
enum meaning {
	IS_UNKNOWN,
	IS_CONTENT_TYPE,
	IS_MESSAGE_DIGEST,
	IS_SIGNING_TIME,
	IS_REFUSED_ATTRIBUTE,
	IS_DATA,
	IS_SIGNED_DATA,
	IS_BASIC_CONSTRAINTS,
	IS_AUTHORITY_KEY_ID,
	IS_CURVE,
	IS_EC_KEY,
	IS_NAMED,
	IS_RSA_KEY = IS_NAMED,
	IS_GOST_KEY,
	IS_ECDSA_SIGNATURE,
	IS_RSA_SIGNATURE,
	IS_GOST_SIGNATURE,
	IS_SHA1,
	IS_SHA224,
	IS_SHA256,
	IS_SHA384,
	IS_SHA512,
	IS_SHA3_256,
	IS_SHA3_384,
	IS_SHA3_512,
	IS_SM3,
	IS_GOST_DIGEST,
	IS_CN,
	IS_C,
	IS_L,
	IS_ST,
	IS_O,
	IS_OU,
	IS_EMAIL,
};

/* Of the key algorithms, those that a signer's signature names. */
static const char *const names = "?\0RSA\0GOST\0ECDSA\0\0\0"
				 "SHA-1\0SHA-224\0SHA-256\0SHA-384\0SHA-512\0SHA3-256\0SHA3-384\0"
				 "SHA3-512\0SM3\0GOST\0"
				 "CN\0C\0L\0ST\0O\0OU\0emailAddress";

/*
 * The object identifiers that matter, of those in include/linux/oid_registry.h.  An entry is: how
 * many bytes it shares with the one before it (upper half of a byte) and how many follow (lower
 * half), these, and the meaning.
 */
static const unsigned char oids[] = {
	/* clang-format off */
	/* 1.2.840.113549.1: PKCS #1 (signatures with SHA-1, then SHA-2), #7, #9 */
	0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 1, IS_RSA_KEY,
	0x81, 5, IS_RSA_SIGNATURE,
	0x81, 11, IS_RSA_SIGNATURE,
	0x81, 12, IS_RSA_SIGNATURE,
	0x81, 13, IS_RSA_SIGNATURE,
	0x81, 14, IS_RSA_SIGNATURE,
	0x72, 7, 1, IS_DATA,
	0x81, 2, IS_SIGNED_DATA,
	0x72, 9, 1, IS_EMAIL,
	0x81, 3, IS_CONTENT_TYPE,
	0x81, 4, IS_MESSAGE_DIGEST,
	0x81, 5, IS_SIGNING_TIME,
	0x81, 15, IS_REFUSED_ATTRIBUTE, /* S/MIME capabilities */
	/* 1.2.840.10045: ANSI X9.62 (P-192, P-256; signatures with SHA-1, then SHA-2) */
	0x34, 0xce, 0x3d, 2, 1, IS_EC_KEY,
	0x53, 3, 1, 1, IS_CURVE,
	0x71, 7, IS_CURVE,
	0x52, 4, 1, IS_ECDSA_SIGNATURE,
	0x62, 3, 1, IS_ECDSA_SIGNATURE,
	0x71, 2, IS_ECDSA_SIGNATURE,
	0x71, 3, IS_ECDSA_SIGNATURE,
	0x71, 4, IS_ECDSA_SIGNATURE,
	/* 1.2.643.7.1.1: GOST R 34.10-2012, 34.11-2012 (Streebog) */
	0x17, 0x85, 3, 7, 1, 1, 1, 1, IS_GOST_KEY,
	0x71, 2, IS_GOST_KEY,
	0x62, 2, 2, IS_GOST_DIGEST,
	0x71, 3, IS_GOST_DIGEST,
	0x62, 3, 2, IS_GOST_SIGNATURE,
	0x71, 3, IS_GOST_SIGNATURE,
	/* 1.2.156.10197.1.401 */
	0x17, 0x81, 0x1c, 0xcf, 0x55, 1, 0x83, 0x11, IS_SM3,
	/* 1.3.14.3.2.26 */
	0x05, 0x2b, 14, 3, 2, 26, IS_SHA1,
	/* 1.3.132.0: SEC 2 (P-384, P-521) */
	0x14, 0x81, 4, 0, 34, IS_CURVE,
	0x41, 35, IS_CURVE,
	/* 1.3.6.1.4.1.311.2.1: Authenticode (StatementType, SpOpusInfo) */
	0x19, 6, 1, 4, 1, 0x82, 0x37, 2, 1, 11, IS_REFUSED_ATTRIBUTE,
	0x91, 12, IS_REFUSED_ATTRIBUTE,
	/* 2.5.29: extensions, 2.5.4: attributes of names */
	0x03, 0x55, 29, 19, IS_BASIC_CONSTRAINTS,
	0x21, 35, IS_AUTHORITY_KEY_ID,
	0x12, 4, 3, IS_CN,
	0x21, 6, IS_C,
	0x21, 7, IS_L,
	0x21, 8, IS_ST,
	0x21, 10, IS_O,
	0x21, 11, IS_OU,
	/* 2.16.840.1.101.3.4: NIST (digests; signatures with SHA-3) */
	0x09, 0x60, 0x86, 0x48, 1, 101, 3, 4, 2, 1, IS_SHA256,
	0x81, 2, IS_SHA384,
	0x81, 3, IS_SHA512,
	0x81, 4, IS_SHA224,
	0x81, 8, IS_SHA3_256,
	0x81, 9, IS_SHA3_384,
	0x81, 10, IS_SHA3_512,
	0x72, 3, 10, IS_ECDSA_SIGNATURE,
	0x81, 11, IS_ECDSA_SIGNATURE,
	0x81, 12, IS_ECDSA_SIGNATURE,
	0x81, 14, IS_RSA_SIGNATURE,
	0x81, 15, IS_RSA_SIGNATURE,
	0x81, 16, IS_RSA_SIGNATURE,
	/* clang-format on */
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

/* What to do with an element once it has been read, with all inside it. */
enum action {
	NOTHING,
	/* Keep its value in the slot of that number. */
	CERT_CURVE,     /* of the certificate that was read last */
	CERT_AUTHORITY, /* kept by EXTENSION */
	CERT_SERIAL,
	CERT_ISSUER,
	CERT_SUBJECT,
	SERIAL, /* the signer's */
	OID,    /* the last one */
	ATTRIBUTES,
	SIGNATURE,
	CERTIFICATES,
	TEXT,
	ISSUER,
	SLOTS,
	/* The meaning of the last OID must be within limits. */
	TYPE = SLOTS, /* this is that OID */
	CONTENT,
	DIGEST,
	KEY,
	CERT_SIGNED,
	CERT_KEY,
	/* What to do depends on the meaning of the last OID. */
	ATTRIBUTE,
	EXTENSION,
	/* Others. */
	VERSION,
	CERTIFICATE,
	SIGNER,
	NOT_BEFORE,
	NOT_AFTER,
};

/* clang-format off */
#define LIMIT(first, last, fault) {(first), (last) + 1 - (first), (fault)}
/* clang-format on */
static const struct {
	unsigned char first, count, fault;
} limits[] = {
	[TYPE - TYPE] = LIMIT(IS_SIGNED_DATA, IS_SIGNED_DATA, PKCS7_NOT_SIGNED),
	[CONTENT - TYPE] = LIMIT(IS_DATA, IS_DATA, PKCS7_NOT_DATA),
	[DIGEST - TYPE] = LIMIT(IS_SHA1, IS_GOST_DIGEST, PKCS7_DIGEST_ALGO),
	[KEY - TYPE] = LIMIT(IS_RSA_KEY, IS_ECDSA_SIGNATURE, PKCS7_KEY_ALGO),
	[CERT_SIGNED - TYPE] = LIMIT(IS_ECDSA_SIGNATURE, IS_GOST_SIGNATURE, PKCS7_CERT_ALGO),
	[CERT_KEY - TYPE] = LIMIT(IS_EC_KEY, IS_GOST_KEY, PKCS7_CERT_ALGO),
};

/*
 * A form is how many bytes it has, with a flag, and a list of elements.  Each is an action with a
 * flag, a tag, and, if the tag is constructed, the form of what is inside it.
 */
#define OPTIONAL 0x80 /* of an action: the element may be absent */
#define MANY 0x80     /* of a form: all of it comes once or more often */
#define FORM(many, ...) ((many) + sizeof((const unsigned char[]){__VA_ARGS__})), __VA_ARGS__
#define OF(action, tag, ...) (action), (tag), FORM(0, __VA_ARGS__)
#define OF_MANY(action, tag, ...) (action), (tag), FORM(MANY, __VA_ARGS__)

#define NAME(action) \
	OF_MANY(action, SEQUENCE, \
		OF_MANY(NOTHING, SET, OF(NOTHING, SEQUENCE, OID, OBJECT, NOTHING, ANY)))
#define ALGORITHM(action) OF(action, SEQUENCE, OID, OBJECT, OPTIONAL, ANY)
#define ATTRIBUTE_OF(action) OF(NOTHING, SEQUENCE, OID, OBJECT, OF_MANY(NOTHING, SET, action, ANY))

/* pkcs7.asn1, inside PKCS7ContentInfo */
static const unsigned char message_form[] = {FORM(0,
	/* clang-format off */
	TYPE, OBJECT,
	OF(OPTIONAL, CONSTRUCTED(0), OF(NOTHING, SEQUENCE,
		VERSION, INTEGER,
		OF_MANY(OPTIONAL, SET, ALGORITHM(NOTHING)),
		OF(CONTENT, SEQUENCE,
			OID, OBJECT,
			OF(OPTIONAL, CONSTRUCTED(0), TEXT, ANY)),
		OF_MANY(CERTIFICATES | OPTIONAL, CONSTRUCTED(0),
			CERTIFICATE | OPTIONAL, ANY),
		OF_MANY(OPTIONAL, CONSTRUCTED(1), /* CRLs; they cannot be right */
			OF_MANY(NOTHING, SEQUENCE, CERTIFICATE, ANY)),
		OF_MANY(OPTIONAL, SET, OF(SIGNER, SEQUENCE,
			VERSION, INTEGER,
			OF(OPTIONAL, SEQUENCE, NAME(ISSUER), SERIAL, INTEGER),
			OPTIONAL, PRIMITIVE(0),
			ALGORITHM(DIGEST),
			OF_MANY(ATTRIBUTES | OPTIONAL, CONSTRUCTED(0), ATTRIBUTE_OF(ATTRIBUTE)),
			ALGORITHM(KEY),
			SIGNATURE, OCTETS,
			OF_MANY(OPTIONAL, CONSTRUCTED(1), ATTRIBUTE_OF(NOTHING))))))
	/* clang-format on */
	)};

/* x509.asn1, inside Certificate */
static const unsigned char certificate_form[] = {FORM(0,
	/* clang-format off */
	OF(NOTHING, SEQUENCE,
		OF(OPTIONAL, CONSTRUCTED(0), NOTHING, INTEGER),
		CERT_SERIAL, INTEGER,
		ALGORITHM(CERT_SIGNED),
		NAME(CERT_ISSUER),
		OF(NOTHING, SEQUENCE,
			NOT_BEFORE, ANY,
			NOT_AFTER | OPTIONAL, ANY), /* the kernel does without it */
		NAME(CERT_SUBJECT),
		OF(NOTHING, SEQUENCE,
			OF(NOTHING, SEQUENCE,
				OID, OBJECT,
				CERT_CURVE | OPTIONAL, OBJECT,
				OPTIONAL, ANY),
			CERT_KEY, BITS),
		OPTIONAL, PRIMITIVE(1),
		OPTIONAL, PRIMITIVE(2),
		OF(OPTIONAL, CONSTRUCTED(3), OF_MANY(NOTHING, SEQUENCE, OF(NOTHING, SEQUENCE,
			OID, OBJECT,
			OPTIONAL, BOOLEAN,
			EXTENSION, OCTETS)))),
	ALGORITHM(NOTHING),
	NOTHING, BITS
	/* clang-format on */
	)};

struct reader {
	struct pkcs7_message message;
	unsigned char version;       /* SignedData's; 3: signers are named by their keys */
	unsigned char algorithms[2]; /* the signer's digest and key algorithm, meanings */
	bool had_attributes;         /* the signer before had signed attributes */
	unsigned attributes;         /* those that the signer has: 1 << meaning */
	uint64_t signing_time;       /* the signer's; times are YYYYMMDDhhmmss as a number */
	uint64_t validity[2];        /* the certificate's */
	struct bytes slots[SLOTS];
};

struct element {
	struct bytes value;
	unsigned char tag;
};

/* Goes through the table with how many bytes the identifier has in common with the entry before: of
 * one that shares more than these with that entry, it differs in the same place. */
static enum meaning meaning_of(const struct bytes *oid)
{
	const unsigned char *at = oids;
	size_t same = 0;

	do {
		unsigned shared = *at >> 4, more = *at++ & 15;

		if (shared <= same) {
			for (same = shared; more && same < oid->left && oid->at[same] == *at;
				more--) {
				same++;
				at++;
			}
			if (!more && same == oid->left)
				return *at;
		}
		at += more + 1;
	} while (at != oids + sizeof(oids));
	return IS_UNKNOWN;
}

const char *pkcs7_word(unsigned algorithm)
{
	return bytes_word(names, algorithm < IS_NAMED ? 0 : algorithm - IS_NAMED + 1);
}

/* Keeps the first fault. */
static void note(struct reader *reader, enum pkcs7_fault fault)
{
	if (!reader->message.refused)
		reader->message.refused = fault;
}

/* Takes an element with its header: X.690 section 8.1.3, with asn1_ber_decoder's limits.  When
 * there is a fault, something has been taken, and the tag is there if there is a byte at all. */
static enum pkcs7_fault take(struct bytes *from, struct element *element)
{
	unsigned length, count;

	element->tag = (unsigned char)bytes_get(from);
	/* that there is no byte is too great a length, too */
	length = (unsigned)bytes_get(from);
	if ((element->tag & 0x1f) == 0x1f)
		return PKCS7_BROKEN;
	count = length - 0x80;
	if (length >= 0x80) {
		if (!count && element->tag & IS_CONSTRUCTED)
			return PKCS7_STREAM;
		if (count - 1 > 1)
			return PKCS7_BROKEN;
		for (length = 0; count; count--)
			length = length << 8 | (unsigned)bytes_get(from);
	}
	return bytes_take(from, length, &element->value) ? PKCS7_OK : PKCS7_BROKEN;
}

/* Reads a time (x509_decode_time): YYMMDDhhmmssZ, or YYYYMMDDhhmmssZ. */
static bool read_time(const struct element *element, uint64_t *time)
{
	struct bytes from = element->value;
	unsigned form = element->tag - UTC_TIME, digit;
	uint64_t number = 0;

	if (form > 1 || from.left != 13 + 2 * form)
		return false;
	if (!form)
		number = *from.at < '5' ? 20 : 19;
	while (from.left > 1) {
		digit = (unsigned)bytes_get(&from) - '0';
		if (digit > 9)
			return false;
		number = number * 10 + digit;
	}
	*time = number;
	/* Not before 1970, and what UTCTime can say not with GeneralizedTime. */
	return *from.at == 'Z' && number >= (form ? 20500000000000 : 19700000000000);
}

/* One value of a signed attribute (pkcs7_sig_note_authenticated_attr). */
static enum pkcs7_fault check_attribute(
	struct reader *reader, enum meaning meaning, const struct element *element)
{
	unsigned before = reader->attributes;

	if (meaning - IS_CONTENT_TYPE > IS_REFUSED_ATTRIBUTE - IS_CONTENT_TYPE)
		return PKCS7_OK;
	reader->attributes |= 1u << meaning;
	if (reader->attributes == before)
		return PKCS7_ATTR_REPEATED;
	if (meaning == IS_REFUSED_ATTRIBUTE)
		return PKCS7_ATTR_KIND;
	if (meaning == IS_SIGNING_TIME)
		return read_time(element, &reader->signing_time) ? PKCS7_OK : PKCS7_SIGNING_TIME;
	if (meaning == IS_MESSAGE_DIGEST ? element->tag == OCTETS
					 : meaning_of(&element->value) == IS_DATA)
		return PKCS7_OK;
	return PKCS7_ATTR_MISSING;
}

/* Not inlined: what the recursion in walk needs of the stack stays small. */
static enum pkcs7_fault act(struct reader *reader, enum action action, struct element *element);

/*
 * Reads what is inside an element, from its first to its last byte, as form says: once, or (MANY)
 * again and again, where each time takes at least one element.  The forms' depth bounds the
 * recursion.
 */
static enum pkcs7_fault walk(struct reader *reader, const unsigned char *form, struct bytes from)
{
	const unsigned char *at, *inside, *end = form + 1 + (*form & ~MANY);
	struct element element;
	enum pkcs7_fault fault;
	unsigned action, tag;
	struct bytes rest;

	do {
		for (at = form + 1; at != end;) {
			action = *at++;
			tag = *at++;
			inside = at;
			if (tag & IS_CONSTRUCTED)
				at += 1 + (*at & ~MANY);
			if (action & OPTIONAL && !from.left)
				continue;
			/* A bad header is bad whether or not its element is the one looked for. */
			rest = from;
			fault = take(&rest, &element);
			if (fault)
				return fault;
			if (tag != ANY && element.tag != tag) {
				if (action & OPTIONAL)
					continue;
				return PKCS7_BROKEN;
			}
			from = rest;
			if (tag & IS_CONSTRUCTED) {
				fault = walk(reader, inside, element.value);
				if (fault)
					return fault;
			}
			fault = act(reader, action & ~OPTIONAL, &element);
			note(reader, fault);
			if (fault && fault <= PKCS7_NO_TEXT)
				return fault;
		}
	} while (*form & MANY && from.left);
	return from.left ? PKCS7_BROKEN : PKCS7_OK;
}

/* Reads a certificate (x509_cert_parse) into its slots.  They hold what was found also when there
 * is a fault. */
static enum pkcs7_fault read_certificate(struct reader *reader, const struct element *element)
{
	enum pkcs7_fault fault = PKCS7_BROKEN;

	memset(reader->slots, 0, SERIAL * sizeof(*reader->slots));
	if (element->tag == SEQUENCE)
		fault = walk(reader, certificate_form, element->value);
	return fault == PKCS7_BROKEN ? PKCS7_CERT_BROKEN : fault;
}

static bool same(const struct reader *reader, enum action a, enum action b)
{
	return bytes_equal(reader->slots[a], reader->slots[b]);
}

/* Does crypto/rsa.c take a key that makes signatures of this many bytes?  It rounds up to words and
 * knows 512, 1024, 1536, 2048, 3072 and 4096 bits. */
static bool is_rsa_size(size_t size)
{
	size = (size + 7) / 8;
	return size % 8 == 0 && size <= 64 && 1 << size / 8 & 0x15e;
}

/*
 * A whole SignerInfo (pkcs7_sig_note_set_of_authattrs, pkcs7_check_authattrs), and what
 * pkcs7_verify_one will say to it.
 */
static enum pkcs7_fault end_signer(struct reader *reader)
{
	struct pkcs7_message *message = &reader->message;
	struct bytes *slots = reader->slots, rest;
	unsigned attributes = reader->attributes;
	bool first = !message->signers++, has = slots[ATTRIBUTES].at;
	struct element element;

	if (has && ~attributes & (1 << IS_CONTENT_TYPE | 1 << IS_MESSAGE_DIGEST))
		note(reader, PKCS7_ATTR_MISSING);
	if (first) {
		message->digest = reader->algorithms[0];
		message->key = reader->algorithms[1];
	} else if (has != reader->had_attributes) {
		note(reader, PKCS7_ATTR_MIXED);
	}
	reader->had_attributes = has;
	reader->attributes = 0;
	slots[ATTRIBUTES].at = NULL;
	if (reader->version != 1)
		return PKCS7_OK;
	/* Mostly it is the last one read.  They have been read before: nothing new is wrong. */
	rest = slots[CERTIFICATES];
	while (!same(reader, CERT_SERIAL, SERIAL) || !same(reader, CERT_ISSUER, ISSUER)) {
		if (!rest.left)
			return PKCS7_OK;
		take(&rest, &element);
		read_certificate(reader, &element);
	}
	if (first) {
		message->subject = slots[CERT_SUBJECT];
		message->issuer_unknowable =
			slots[CERT_AUTHORITY].left <= 2 && !same(reader, CERT_SUBJECT, CERT_ISSUER);
	}
	if (attributes & 1 << IS_SIGNING_TIME &&
		(reader->signing_time < reader->validity[0] ||
			reader->signing_time > reader->validity[1]))
		return PKCS7_TIME_OUTSIDE;
	if (reader->algorithms[1] == IS_RSA_KEY && !is_rsa_size(slots[SIGNATURE].left))
		return PKCS7_KEY_SIZE;
	return PKCS7_OK;
}

/* Does what is to be done with an element. */
static enum pkcs7_fault act(struct reader *reader, enum action action, struct element *element)
{
	struct bytes *slots = reader->slots, *value = &element->value;
	enum meaning meaning = IS_UNKNOWN;
	unsigned limit = action - TYPE;
	int byte;

	if (action < SLOTS) {
		slots[action] = *value;
		return PKCS7_OK;
	}
	if (action == TYPE)
		slots[OID] = *value;
	if (action <= EXTENSION)
		meaning = meaning_of(&slots[OID]);
	if (limit < sizeof(limits) / sizeof(*limits) &&
		(unsigned)(meaning - limits[limit].first) >= limits[limit].count)
		return limits[limit].fault;
	switch (action) {
	case DIGEST:
	case KEY:
		reader->algorithms[action - DIGEST] = (unsigned char)meaning;
		break;
	case CERT_KEY:
		if (meaning == IS_EC_KEY && meaning_of(&slots[CERT_CURVE]) != IS_CURVE)
			return slots[CERT_CURVE].left ? PKCS7_CERT_ALGO : PKCS7_CERT_BROKEN;
		break;
	case ATTRIBUTE:
		return check_attribute(reader, meaning, element);
	case EXTENSION:
		if (meaning == IS_AUTHORITY_KEY_ID)
			slots[CERT_AUTHORITY] = *value;
		/* Nothing, or that it is a CA; not a path's length alone. */
		if (meaning == IS_BASIC_CONSTRAINTS) {
			if (!bytes_skip(value, "\x30"))
				return PKCS7_CERT_BROKEN;
			byte = bytes_get(value);
			if ((size_t)byte != value->left || (byte && !bytes_skip(value, "\1\1\xff")))
				return PKCS7_CERT_BROKEN;
		}
		break;
	case VERSION:
		byte = bytes_get(value);
		if (value->left || (byte | 2) != 3)
			return PKCS7_VERSION;
		/* SignedData's is the first. */
		if (!reader->version)
			reader->version = (unsigned char)byte;
		if (reader->version != byte)
			return PKCS7_VERSION_MIXED;
		break;
	case CERTIFICATE:
		return read_certificate(reader, element);
	case SIGNER:
		return end_signer(reader);
	case NOT_BEFORE:
	case NOT_AFTER:
		if (!read_time(element, &reader->validity[action - NOT_BEFORE]))
			return PKCS7_CERT_BROKEN;
		break;
	default:
		break;
	}
	return PKCS7_OK;
}

static enum pkcs7_fault read_message(struct reader *reader, struct bytes from)
{
	struct bytes rest = from, *text = &reader->slots[TEXT];
	struct element element;
	enum pkcs7_fault fault;

	if (!from.left)
		return PKCS7_EMPTY;
	if (from.left > PKCS7_MAX)
		return PKCS7_TOO_LONG;
	fault = take(&rest, &element);
	if (element.tag == '-' || bytes_skip(&from, "MIME-"))
		return PKCS7_PEM;
	if (element.tag != SEQUENCE)
		return PKCS7_NOT_DER;
	if (fault == PKCS7_BROKEN)
		return PKCS7_CUT;
	if (!fault)
		fault = walk(reader, message_form, element.value);
	/* Where the digest algorithms should be there is nothing. */
	if (fault == PKCS7_BROKEN && meaning_of(&reader->slots[OID]) == IS_SIGNED_DATA)
		return PKCS7_NO_SIGNER;
	if (fault)
		return fault;
	if (!reader->message.signers)
		return PKCS7_NOT_SIGNED;
	if (!text->at)
		return PKCS7_DETACHED;
	if (!text->left)
		return PKCS7_NO_TEXT;
	reader->message.text = *text;
	return PKCS7_OK;
}

enum pkcs7_fault pkcs7_read(struct bytes from, struct pkcs7_message *message)
{
	struct reader reader;
	enum pkcs7_fault fault;

	memset(&reader, 0, sizeof(reader));
	fault = read_message(&reader, from);
	note(&reader, fault);
	*message = reader.message;
	return fault;
}

int pkcs7_fault_errno(enum pkcs7_fault fault)
{
	static const unsigned char errors[PKCS7_FAULTS] = {
		[PKCS7_EMPTY] = EBADMSG,
		[PKCS7_TOO_LONG] = EMSGSIZE,
		[PKCS7_PEM] = EBADMSG,
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
		[PKCS7_CERT_ALGO] = ENOPKG,
	};

	return errors[fault];
}

const char *pkcs7_fault_words(enum pkcs7_fault fault)
{
	static const char *const words =
		"good\0"
		"empty\0"
		"more than 65,535 bytes\0"
		"PEM or S/MIME, not DER (sign with -outform der)\0"
		"not signed (sign with openssl smime -sign)\0"
		"truncated\0"
		"damaged, or not signed\0"
		"not signed data (sign with openssl smime -sign)\0"
		"no signer: certificates only, or damaged\0"
		"signed, but not data (sign with openssl smime -sign)\0"
		"detached: no policy in it (sign with -nodetach)\0"
		"indefinite lengths (sign without -stream)\0"
		"the signed policy is empty\0"
		"a version of messages that the kernel does not know\0"
		"signers of two kinds (sign with -keyid for all or none)\0"
		"a digest that the kernel does not have (sign with -md sha256)\0"
		"a signature that the kernel does not know (sign with RSA without PSS, or ECDSA)\0"
		"an RSA key of a size that the kernel does not have (sign with 2048, 3072 or 4096 "
		"bits)\0"
		"signed attributes that the kernel refuses (sign with -noattr or -nosmimecap)\0"
		"a signed attribute twice (sign with -noattr)\0"
		"signed attributes without type or digest (sign with -noattr)\0"
		"signed attributes for some signers (sign with -noattr)\0"
		"a broken signing time (sign with -noattr)\0"
		"signed outside the certificate's validity (sign with -noattr)\0"
		"a certificate in it that the kernel cannot read (try -nocerts)\0"
		"a certificate in it with a key or signature that the kernel does not know (have "
		"RSA "
		"without PSS, or ECDSA with P-256, P-384 or P-521)";

	return bytes_word(words, fault);
}

bool pkcs7_name_next(struct bytes *name, const char **label, struct bytes *value)
{
	struct element element;
	enum meaning type;

	while (!take(name, &element)) {
		if (element.tag != OBJECT) {
			/* Step into it: what is inside and what is behind lie in a row. */
			name->left += element.value.left;
			name->at = element.value.at;
			continue;
		}
		type = meaning_of(&element.value);
		*label = pkcs7_word(type < IS_CN ? IS_UNKNOWN : type);
		if (take(name, &element))
			break;
		*value = element.value;
		return true;
	}
	return false;
}
