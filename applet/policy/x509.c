/*
 * x509.c - an X.509 certificate in a signed message
 *
 * What is not checked here, and refused by the kernel although no key of its own is involved: what
 * no tool is known to get wrong, like times that do not exist, two names for the signature's
 * algorithm, unused bits in key and signature, the form of key usage and key identifiers,
 * identifiers that contradict each other; the inside of keys and signatures; and signatures of
 * certificates on each other.
 *
 * The kernel does without a notAfter, whatever the grammar says.
 *
 * SPDX-License-Identifier: MIT
 */
#include "policy/x509.h"

#include <string.h>

/*
 * AlgorithmIdentifier ::= SEQUENCE {
 *	algorithm	OBJECT IDENTIFIER,
 *	parameters	ANY OPTIONAL }
 */
enum oid x509_take_algorithm(struct der *from)
{
	enum oid algorithm;

	der_enter(from, DER_SEQUENCE);
	algorithm = oid_of(der_take(from, DER_OID));
	if (der_has_more(from))
		der_take_any(from);
	der_leave(from);
	return algorithm;
}

/*
 * AttributeValueAssertion ::= SEQUENCE {
 *	attributeType	OBJECT IDENTIFIER,
 *	attributeValue	ANY }
 */
static void take_assertion(struct der *from)
{
	der_enter(from, DER_SEQUENCE);
	der_take(from, DER_OID);
	der_take_any(from);
	der_leave(from);
}

/* RelativeDistinguishedName ::= SET OF AttributeValueAssertion */
static void take_relative_name(struct der *from)
{
	der_enter(from, DER_SET);
	do
		take_assertion(from);
	while (der_has_more(from));
	der_leave(from);
}

/* Name ::= SEQUENCE OF RelativeDistinguishedName */
struct bytes x509_take_name(struct der *from)
{
	struct bytes name;

	der_enter(from, DER_SEQUENCE);
	name = from->left;
	do
		take_relative_name(from);
	while (der_has_more(from));
	der_leave(from);
	return from->stopped ? (struct bytes){NULL, 0} : name;
}

bool x509_read_time(unsigned char tag, struct bytes value, uint64_t *time)
{
	uint64_t least;
	int byte;

	*time = 0;
	if (tag == DER_UTC_TIME && value.left == strlen("YYMMDDhhmmssZ")) {
		/* The years are 1950 to 2049; nothing is before 1970. */
		*time = *value.at < '5' ? 20 : 19;
		least = 19700000000000;
	} else if (tag == DER_GENERALIZED_TIME && value.left == strlen("YYYYMMDDhhmmssZ")) {
		/* What UTCTime can say must not be said otherwise. */
		least = 20500000000000;
	} else {
		return false;
	}
	if (bytes_get_last(&value) != 'Z')
		return false;
	while ((byte = bytes_get(&value)) >= 0) {
		if (byte < '0' || byte > '9')
			return false;
		*time = *time * 10 + (uint64_t)(byte - '0');
	}
	return *time >= least;
}

static void take_time(struct der *from, uint64_t *time)
{
	struct bytes value = der_take_any(from);

	if (!x509_read_time(from->tag, value, time))
		der_note(from, PKCS7_CERT_BROKEN);
}

/*
 * Validity ::= SEQUENCE {
 *	notBefore	Time,
 *	notAfter	Time }
 */
static void take_validity(struct der *from, struct x509_certificate *certificate)
{
	der_enter(from, DER_SEQUENCE);
	take_time(from, &certificate->not_before);
	if (der_has_more(from))
		take_time(from, &certificate->not_after);
	der_leave(from);
}

/* x509_extract_key_data(): the key's algorithm; for an elliptic curve its name, which is empty if
 * the parameters are something else or missing. */
static enum pkcs7_fault check_key(enum oid algorithm, struct bytes curve)
{
	switch (algorithm) {
	case OID_RSA_KEY:
	case OID_GOST_KEY:
	case OID_ML_DSA:
		return PKCS7_OK;
	case OID_EC_KEY:
		if (!curve.left)
			return PKCS7_CERT_BROKEN;
		return oid_of(curve) == OID_EC_CURVE ? PKCS7_OK : PKCS7_CERT_ALGO;
	default:
		return PKCS7_CERT_ALGO;
	}
}

/*
 * SubjectPublicKeyInfo ::= SEQUENCE {
 *	algorithm		AlgorithmIdentifier,
 *	subjectPublicKey	BIT STRING }
 *
 * Of an elliptic curve, the parameters are the curve's OBJECT IDENTIFIER.
 */
static void take_key(struct der *from, struct x509_certificate *certificate)
{
	struct bytes curve;

	der_enter(from, DER_SEQUENCE);
	der_enter(from, DER_SEQUENCE);
	certificate->key = oid_of(der_take(from, DER_OID));
	curve = der_take_optional(from, DER_OID);
	if (der_has_more(from))
		der_take_any(from);
	der_leave(from);
	der_take(from, DER_BIT_STRING);
	der_note(from, check_key(certificate->key, curve));
	der_leave(from);
}

/* BasicConstraints as x509_process_extension() has them: nothing at all, or first that it is an
 * authority; not a path's length alone. */
static bool good_constraints(struct bytes value)
{
	int length;

	if (bytes_get(&value) != DER_SEQUENCE)
		return false;
	length = bytes_get(&value);
	if (length < 0 || (size_t)length != value.left)
		return false;
	return !length || bytes_skip(&value, "\x01\x01\xff"); /* BOOLEAN TRUE */
}

/*
 * Extension ::= SEQUENCE {
 *	extnid		OBJECT IDENTIFIER,
 *	critical	BOOLEAN DEFAULT,
 *	extnValue	OCTET STRING }
 */
static void take_extension(struct der *from, struct x509_certificate *certificate)
{
	enum oid extension;
	struct bytes value;

	der_enter(from, DER_SEQUENCE);
	extension = oid_of(der_take(from, DER_OID));
	der_take_optional(from, DER_BOOLEAN);
	value = der_take(from, DER_OCTET_STRING);
	if (extension == OID_AUTHORITY_KEY_ID)
		certificate->authority_key = value;
	if (extension == OID_BASIC_CONSTRAINTS && !good_constraints(value))
		der_note(from, PKCS7_CERT_BROKEN);
	der_leave(from);
}

/* Extensions ::= SEQUENCE OF Extension */
static void take_extensions(struct der *from, struct x509_certificate *certificate)
{
	der_enter(from, DER_SEQUENCE);
	do
		take_extension(from, certificate);
	while (der_has_more(from));
	der_leave(from);
}

/* x509_note_sig_algo() */
static bool is_signature(enum oid algorithm)
{
	return algorithm == OID_RSA_SIGNATURE || algorithm == OID_ECDSA || algorithm == OID_GOST ||
	       algorithm == OID_ML_DSA;
}

/*
 * TBSCertificate ::= SEQUENCE {
 *	version			[0] Version DEFAULT,
 *	serialNumber		INTEGER,
 *	signature		AlgorithmIdentifier,
 *	issuer			Name,
 *	validity		Validity,
 *	subject			Name,
 *	subjectPublicKeyInfo	SubjectPublicKeyInfo,
 *	issuerUniqueID		[1] IMPLICIT BIT STRING OPTIONAL,
 *	subjectUniqueID		[2] IMPLICIT BIT STRING OPTIONAL,
 *	extensions		[3] Extensions OPTIONAL }
 *
 * Version ::= INTEGER
 */
static void take_tbs_certificate(struct der *from, struct x509_certificate *certificate)
{
	der_enter(from, DER_SEQUENCE);
	if (der_enter_optional(from, DER_CONTEXT_CONSTRUCTED(0))) {
		der_take(from, DER_INTEGER);
		der_leave(from);
	}
	certificate->serial = der_take(from, DER_INTEGER);
	if (!is_signature(x509_take_algorithm(from)))
		der_note(from, PKCS7_CERT_ALGO);
	certificate->issuer = x509_take_name(from);
	take_validity(from, certificate);
	certificate->subject = x509_take_name(from);
	take_key(from, certificate);
	der_take_optional(from, DER_CONTEXT(1));
	der_take_optional(from, DER_CONTEXT(2));
	if (der_enter_optional(from, DER_CONTEXT_CONSTRUCTED(3))) {
		take_extensions(from, certificate);
		der_leave(from);
	}
	der_leave(from);
}

/*
 * Certificate ::= SEQUENCE {
 *	tbsCertificate		TBSCertificate,
 *	signatureAlgorithm	AlgorithmIdentifier,
 *	signature		BIT STRING }
 *
 * In the message it is an ANY.  What is inside has a reader of its own: what stops that one does
 *not stop the message's.
 */
void x509_take(struct der *message, struct x509_certificate *certificate)
{
	struct der from = {.left = message->left};

	memset(certificate, 0, sizeof(*certificate));
	der_take_any(message);
	der_enter(&from, DER_SEQUENCE);
	take_tbs_certificate(&from, certificate);
	x509_take_algorithm(&from);
	der_take(&from, DER_BIT_STRING);
	der_leave(&from);
	der_note(message, from.refused == PKCS7_BROKEN ? PKCS7_CERT_BROKEN : from.refused);
	if (from.stopped == PKCS7_STREAM)
		der_stop(message, PKCS7_STREAM);
}

bool x509_names_issuer_key(const struct x509_certificate *certificate)
{
	/* An empty SEQUENCE has two bytes. */
	return certificate->authority_key.left > 2 ||
	       bytes_equal(certificate->subject, certificate->issuer);
}

/* The short names of RFC 4514 section 3. */
static const char *label_of(enum oid type)
{
	switch (type) {
	case OID_COMMON_NAME:
		return "CN";
	case OID_COUNTRY:
		return "C";
	case OID_LOCALITY:
		return "L";
	case OID_STATE:
		return "ST";
	case OID_ORGANIZATION:
		return "O";
	case OID_ORGANIZATIONAL_UNIT:
		return "OU";
	case OID_EMAIL_ADDRESS:
		return "emailAddress";
	default:
		return "?";
	}
}

bool x509_name_next(struct bytes *name, const char **label, struct bytes *value)
{
	struct der from = {.left = *name};
	struct bytes type;

	/* Into sets and sequences, up to the next type. */
	do {
		from.left = *name;
		type = der_take_any(&from);
		*name = (struct bytes){type.at, type.left + from.left.left};
	} while (!from.stopped && from.tag != DER_OID);
	*label = label_of(oid_of(type));
	*value = der_take_any(&from);
	*name = from.left;
	return !from.stopped;
}
