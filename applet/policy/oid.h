/*
 * oid.h - the object identifiers that matter here
 *
 * They are those of include/linux/oid_registry.h that pkcs7_parser.c and x509_cert_parser.c act on:
 * in Linux 6.12, and ML-DSA, which is there since 7.0.  Those that they treat alike have one
 * meaning here.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef POLICY_OID_H
#define POLICY_OID_H

#include "policy/bytes.h"

enum oid {
	OID_UNKNOWN,

	/* content types */
	OID_DATA,
	OID_SIGNED_DATA,

	/* signed attributes */
	OID_CONTENT_TYPE,
	OID_MESSAGE_DIGEST,
	OID_SIGNING_TIME,
	OID_REFUSED_ATTRIBUTE, /* S/MIME capabilities, Authenticode's: refused where there is data
				*/

	/* digests */
	OID_SHA1,
	OID_SHA224,
	OID_SHA256,
	OID_SHA384,
	OID_SHA512,
	OID_SHA3_256,
	OID_SHA3_384,
	OID_SHA3_512,
	OID_SM3,
	OID_GOST_DIGEST, /* GOST R 34.11-2012 (Streebog), 256 and 512 bits */

	/* keys */
	OID_RSA_KEY,
	OID_EC_KEY,
	OID_EC_CURVE, /* P-192, P-256, P-384, P-521 */
	OID_GOST_KEY, /* GOST R 34.10-2012, 256 and 512 bits */

	/* signatures, each with any digest */
	OID_RSA_SIGNATURE,
	OID_ECDSA,
	OID_GOST,

	/* key and signature in one, of any size */
	OID_ML_DSA,

	/* extensions of certificates */
	OID_BASIC_CONSTRAINTS,
	OID_AUTHORITY_KEY_ID,

	/* attributes of names */
	OID_COMMON_NAME,
	OID_COUNTRY,
	OID_LOCALITY,
	OID_STATE,
	OID_ORGANIZATION,
	OID_ORGANIZATIONAL_UNIT,
	OID_EMAIL_ADDRESS,
};

/* The meaning of an OBJECT IDENTIFIER's value (X.690 section 8.19). */
enum oid oid_of(struct bytes value);

/* A short name for a digest ("SHA-256"), or for a signer's algorithm ("RSA", "ECDSA", "GOST",
 * "ML-DSA"); "?" for any other. */
const char *oid_name(enum oid oid);

#endif
