/*
 * signer.c - a signer of a signed message: one SignerInfo
 *
 * Above each function stands what it reads, in the words of crypto/asymmetric_keys/pkcs7.asn1.
 *
 * SPDX-License-Identifier: MIT
 */
#include "policy/signer.h"

#include <string.h>

#include "policy/x509.h"

/* version	INTEGER (pkcs7_note_signeddata_version, pkcs7_note_signerinfo_version) */
void signer_take_version(struct der *from, int *version)
{
	struct bytes value = der_take(from, DER_INTEGER);
	int byte = bytes_get(&value);

	if ((byte != 1 && byte != 3) || value.left)
		der_note(from, PKCS7_VERSION);
	else if (!*version)
		*version = byte;
	else if (*version != byte)
		der_note(from, PKCS7_VERSION_MIXED);
}

/*
 * IssuerAndSerialNumber ::= SEQUENCE {
 *	issuer		Name,
 *	serialNumber	INTEGER }
 *
 * Version 3 has instead: subjectKeyIdentifier [0] IMPLICIT OCTET STRING.
 */
static void take_identifier(struct der *from, struct signer *signer)
{
	if (der_enter_optional(from, DER_SEQUENCE)) {
		signer->issuer = x509_take_name(from);
		signer->serial = der_take(from, DER_INTEGER);
		der_leave(from);
	}
	der_take_optional(from, DER_CONTEXT(0));
}

/* pkcs7_sig_note_digest_algo(): also those that only some configurations have */
static bool is_digest(enum oid algorithm)
{
	switch (algorithm) {
	case OID_SHA1:
	case OID_SHA224:
	case OID_SHA256:
	case OID_SHA384:
	case OID_SHA512:
	case OID_SHA3_256:
	case OID_SHA3_384:
	case OID_SHA3_512:
	case OID_SM3:
	case OID_GOST_DIGEST:
		return true;
	default:
		return false;
	}
}

/* digestAlgorithm	AlgorithmIdentifier */
static void take_digest(struct der *from, struct signer *signer)
{
	enum oid algorithm = x509_take_algorithm(from);

	if (is_digest(algorithm))
		signer->digest = algorithm;
	else
		der_note(from, PKCS7_DIGEST_ALGO);
}

/* digestEncryptionAlgorithm	AlgorithmIdentifier
 *
 * pkcs7_sig_note_pkey_algo(): of RSA and GOST the key's algorithm is named, of ECDSA the
 * signature's; of ML-DSA they are one.
 */
static void take_key(struct der *from, struct signer *signer)
{
	enum oid algorithm = x509_take_algorithm(from);

	switch (algorithm) {
	case OID_RSA_KEY:
	case OID_ECDSA:
	case OID_GOST_KEY:
	case OID_ML_DSA:
		signer->key = algorithm;
		break;
	case OID_RSA_SIGNATURE:
		der_note(from, PKCS7_KEY_NAMED_WITH_DIGEST);
		break;
	case OID_EC_KEY:
		der_note(from, PKCS7_KEY_NAMED_EC);
		break;
	default:
		der_note(from, PKCS7_KEY_ALGO);
	}
}

/* Notes that an attribute is there.  False when it was there before. */
static bool first_time(bool *has)
{
	const bool had = *has;

	*has = true;
	return !had;
}

/* What is wrong with one value of a signed attribute (pkcs7_sig_note_authenticated_attr).  The
 * attribute must be there once, and have one value only. */
static enum pkcs7_fault check_attribute(
	struct signer *signer, enum oid type, unsigned char tag, struct bytes value)
{
	switch (type) {
	case OID_CONTENT_TYPE:
		if (!first_time(&signer->has_content_type))
			return PKCS7_ATTR_REPEATED;
		return oid_of(value) == OID_DATA ? PKCS7_OK : PKCS7_ATTR_MISSING;
	case OID_MESSAGE_DIGEST:
		if (!first_time(&signer->has_message_digest))
			return PKCS7_ATTR_REPEATED;
		return tag == DER_OCTET_STRING ? PKCS7_OK : PKCS7_ATTR_MISSING;
	case OID_SIGNING_TIME:
		if (!first_time(&signer->has_signing_time))
			return PKCS7_ATTR_REPEATED;
		return x509_read_time(tag, value, &signer->signing_time) ? PKCS7_OK
									 : PKCS7_SIGNING_TIME;
	case OID_REFUSED_ATTRIBUTE:
		return first_time(&signer->has_refused) ? PKCS7_ATTR_KIND : PKCS7_ATTR_REPEATED;
	default:
		return PKCS7_OK;
	}
}

/*
 * Attribute ::= SEQUENCE {
 *	type	OBJECT IDENTIFIER,
 *	values	SET OF ANY }
 *
 * Without a signer it is not signed, and says nothing.
 */
static void take_attribute(struct der *from, struct signer *signer)
{
	struct bytes value;
	enum oid type;

	der_enter(from, DER_SEQUENCE);
	type = oid_of(der_take(from, DER_OID));
	der_enter(from, DER_SET);
	do {
		value = der_take_any(from);
		if (signer)
			der_note(from, check_attribute(signer, type, from->tag, value));
	} while (der_has_more(from));
	der_leave(from);
	der_leave(from);
}

/* Attributes ::= [...] IMPLICIT SET OF Attribute OPTIONAL; false if there are none */
static bool take_attributes(struct der *from, unsigned char tag, struct signer *signer)
{
	if (!der_enter_optional(from, tag))
		return false;
	do
		take_attribute(from, signer);
	while (der_has_more(from));
	der_leave(from);
	return true;
}

/*
 * SignerInfo ::= SEQUENCE {
 *	version				INTEGER,
 *	sid				SignerIdentifier,
 *	digestAlgorithm			AlgorithmIdentifier,
 *	authenticatedAttributes		[0] IMPLICIT SET OF Attribute OPTIONAL,
 *	digestEncryptionAlgorithm	AlgorithmIdentifier,
 *	encryptedDigest			OCTET STRING,
 *	unauthenticatedAttributes	[1] IMPLICIT SET OF Attribute OPTIONAL }
 */
void signer_take(struct der *from, int *version, struct signer *signer)
{
	memset(signer, 0, sizeof(*signer));
	der_enter(from, DER_SEQUENCE);
	signer_take_version(from, version);
	take_identifier(from, signer);
	take_digest(from, signer);
	signer->has_attributes = take_attributes(from, DER_CONTEXT_CONSTRUCTED(0), signer);
	take_key(from, signer);
	signer->signature = der_take(from, DER_OCTET_STRING);
	take_attributes(from, DER_CONTEXT_CONSTRUCTED(1), NULL);
	der_leave(from);
	/* pkcs7_sig_note_set_of_authattrs() */
	if (signer->has_attributes && !(signer->has_content_type && signer->has_message_digest))
		der_note(from, PKCS7_ATTR_MISSING);
}
