/*
 * oid.c - the object identifiers that matter here
 *
 * SPDX-License-Identifier: MIT
 */
#include "policy/oid.h"

#include <string.h>

/* The values as DER has them, whole: the first two numbers make one byte, the others have seven
 * bits in a byte (X.690 section 8.19). */
#define DER(bytes) sizeof(bytes) - 1, bytes

/* clang-format off */
static const struct {
	unsigned char oid; /* enum oid */
	unsigned char length;
	unsigned char der[11];
} registry[] = {
	/* PKCS #1: {iso(1) member-body(2) us(840) rsadsi(113549) pkcs(1) pkcs-1(1)} */
	{OID_RSA_KEY, DER("\x2a\x86\x48\x86\xf7\x0d\x01\x01\x01")}, /* 1.2.840.113549.1.1.1 rsaEncryption */
	{OID_RSA_SIGNATURE, DER("\x2a\x86\x48\x86\xf7\x0d\x01\x01\x05")}, /* 1.2.840.113549.1.1.5 SHA-1 */
	{OID_RSA_SIGNATURE, DER("\x2a\x86\x48\x86\xf7\x0d\x01\x01\x0b")}, /* 1.2.840.113549.1.1.11 SHA-256 */
	{OID_RSA_SIGNATURE, DER("\x2a\x86\x48\x86\xf7\x0d\x01\x01\x0c")}, /* 1.2.840.113549.1.1.12 SHA-384 */
	{OID_RSA_SIGNATURE, DER("\x2a\x86\x48\x86\xf7\x0d\x01\x01\x0d")}, /* 1.2.840.113549.1.1.13 SHA-512 */
	{OID_RSA_SIGNATURE, DER("\x2a\x86\x48\x86\xf7\x0d\x01\x01\x0e")}, /* 1.2.840.113549.1.1.14 SHA-224 */

	/* PKCS #7: {... pkcs(1) pkcs-7(7)} */
	{OID_DATA, DER("\x2a\x86\x48\x86\xf7\x0d\x01\x07\x01")}, /* 1.2.840.113549.1.7.1 */
	{OID_SIGNED_DATA, DER("\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02")}, /* 1.2.840.113549.1.7.2 */

	/* PKCS #9: {... pkcs(1) pkcs-9(9)} */
	{OID_EMAIL_ADDRESS, DER("\x2a\x86\x48\x86\xf7\x0d\x01\x09\x01")}, /* 1.2.840.113549.1.9.1 */
	{OID_CONTENT_TYPE, DER("\x2a\x86\x48\x86\xf7\x0d\x01\x09\x03")}, /* 1.2.840.113549.1.9.3 */
	{OID_MESSAGE_DIGEST, DER("\x2a\x86\x48\x86\xf7\x0d\x01\x09\x04")}, /* 1.2.840.113549.1.9.4 */
	{OID_SIGNING_TIME, DER("\x2a\x86\x48\x86\xf7\x0d\x01\x09\x05")}, /* 1.2.840.113549.1.9.5 */
	{OID_REFUSED_ATTRIBUTE, DER("\x2a\x86\x48\x86\xf7\x0d\x01\x09\x0f")}, /* 1.2.840.113549.1.9.15 smimeCapabilities */

	/* Authenticode: {iso(1) org(3) dod(6) internet(1) private(4) enterprise(1) microsoft(311) 2 1} */
	{OID_REFUSED_ATTRIBUTE, DER("\x2b\x06\x01\x04\x01\x82\x37\x02\x01\x0b")}, /* 1.3.6.1.4.1.311.2.1.11 StatementType */
	{OID_REFUSED_ATTRIBUTE, DER("\x2b\x06\x01\x04\x01\x82\x37\x02\x01\x0c")}, /* 1.3.6.1.4.1.311.2.1.12 SpOpusInfo */

	/* Digests */
	{OID_SHA1, DER("\x2b\x0e\x03\x02\x1a")}, /* 1.3.14.3.2.26 */
	{OID_SHA256, DER("\x60\x86\x48\x01\x65\x03\x04\x02\x01")}, /* 2.16.840.1.101.3.4.2.1 */
	{OID_SHA384, DER("\x60\x86\x48\x01\x65\x03\x04\x02\x02")}, /* 2.16.840.1.101.3.4.2.2 */
	{OID_SHA512, DER("\x60\x86\x48\x01\x65\x03\x04\x02\x03")}, /* 2.16.840.1.101.3.4.2.3 */
	{OID_SHA224, DER("\x60\x86\x48\x01\x65\x03\x04\x02\x04")}, /* 2.16.840.1.101.3.4.2.4 */
	{OID_SHA3_256, DER("\x60\x86\x48\x01\x65\x03\x04\x02\x08")}, /* 2.16.840.1.101.3.4.2.8 */
	{OID_SHA3_384, DER("\x60\x86\x48\x01\x65\x03\x04\x02\x09")}, /* 2.16.840.1.101.3.4.2.9 */
	{OID_SHA3_512, DER("\x60\x86\x48\x01\x65\x03\x04\x02\x0a")}, /* 2.16.840.1.101.3.4.2.10 */
	{OID_SM3, DER("\x2a\x81\x1c\xcf\x55\x01\x83\x11")}, /* 1.2.156.10197.1.401 */
	{OID_GOST_DIGEST, DER("\x2a\x85\x03\x07\x01\x01\x02\x02")}, /* 1.2.643.7.1.1.2.2 256 bits */
	{OID_GOST_DIGEST, DER("\x2a\x85\x03\x07\x01\x01\x02\x03")}, /* 1.2.643.7.1.1.2.3 512 bits */

	/* Elliptic curves: ANSI X9.62 {iso(1) member-body(2) us(840) ansi-x962(10045)}, SEC 2 */
	{OID_EC_KEY, DER("\x2a\x86\x48\xce\x3d\x02\x01")}, /* 1.2.840.10045.2.1 */
	{OID_EC_CURVE, DER("\x2a\x86\x48\xce\x3d\x03\x01\x01")}, /* 1.2.840.10045.3.1.1 P-192 */
	{OID_EC_CURVE, DER("\x2a\x86\x48\xce\x3d\x03\x01\x07")}, /* 1.2.840.10045.3.1.7 P-256 */
	{OID_EC_CURVE, DER("\x2b\x81\x04\x00\x22")}, /* 1.3.132.0.34 P-384 */
	{OID_EC_CURVE, DER("\x2b\x81\x04\x00\x23")}, /* 1.3.132.0.35 P-521 */
	{OID_ECDSA, DER("\x2a\x86\x48\xce\x3d\x04\x01")}, /* 1.2.840.10045.4.1 SHA-1 */
	{OID_ECDSA, DER("\x2a\x86\x48\xce\x3d\x04\x03\x01")}, /* 1.2.840.10045.4.3.1 SHA-224 */
	{OID_ECDSA, DER("\x2a\x86\x48\xce\x3d\x04\x03\x02")}, /* 1.2.840.10045.4.3.2 SHA-256 */
	{OID_ECDSA, DER("\x2a\x86\x48\xce\x3d\x04\x03\x03")}, /* 1.2.840.10045.4.3.3 SHA-384 */
	{OID_ECDSA, DER("\x2a\x86\x48\xce\x3d\x04\x03\x04")}, /* 1.2.840.10045.4.3.4 SHA-512 */

	/* NIST: signatures with SHA-3 */
	{OID_ECDSA, DER("\x60\x86\x48\x01\x65\x03\x04\x03\x0a")}, /* 2.16.840.1.101.3.4.3.10 SHA3-256 */
	{OID_ECDSA, DER("\x60\x86\x48\x01\x65\x03\x04\x03\x0b")}, /* 2.16.840.1.101.3.4.3.11 SHA3-384 */
	{OID_ECDSA, DER("\x60\x86\x48\x01\x65\x03\x04\x03\x0c")}, /* 2.16.840.1.101.3.4.3.12 SHA3-512 */
	{OID_RSA_SIGNATURE, DER("\x60\x86\x48\x01\x65\x03\x04\x03\x0e")}, /* 2.16.840.1.101.3.4.3.14 SHA3-256 */
	{OID_RSA_SIGNATURE, DER("\x60\x86\x48\x01\x65\x03\x04\x03\x0f")}, /* 2.16.840.1.101.3.4.3.15 SHA3-384 */
	{OID_RSA_SIGNATURE, DER("\x60\x86\x48\x01\x65\x03\x04\x03\x10")}, /* 2.16.840.1.101.3.4.3.16 SHA3-512 */

	/* NIST: {... nistAlgorithms(4) sigAlgs(3)} */
	{OID_ML_DSA, DER("\x60\x86\x48\x01\x65\x03\x04\x03\x11")}, /* 2.16.840.1.101.3.4.3.17 ML-DSA-44 */
	{OID_ML_DSA, DER("\x60\x86\x48\x01\x65\x03\x04\x03\x12")}, /* 2.16.840.1.101.3.4.3.18 ML-DSA-65 */
	{OID_ML_DSA, DER("\x60\x86\x48\x01\x65\x03\x04\x03\x13")}, /* 2.16.840.1.101.3.4.3.19 ML-DSA-87 */

	/* GOST R 34.10-2012: {iso(1) member-body(2) ru(643) rosstandart(7) tc26(1) algorithms(1)} */
	{OID_GOST_KEY, DER("\x2a\x85\x03\x07\x01\x01\x01\x01")}, /* 1.2.643.7.1.1.1.1 256 bits */
	{OID_GOST_KEY, DER("\x2a\x85\x03\x07\x01\x01\x01\x02")}, /* 1.2.643.7.1.1.1.2 512 bits */
	{OID_GOST, DER("\x2a\x85\x03\x07\x01\x01\x03\x02")}, /* 1.2.643.7.1.1.3.2 256 bits */
	{OID_GOST, DER("\x2a\x85\x03\x07\x01\x01\x03\x03")}, /* 1.2.643.7.1.1.3.3 512 bits */

	/* Extensions of certificates: {joint-iso-ccitt(2) ds(5) 29} */
	{OID_BASIC_CONSTRAINTS, DER("\x55\x1d\x13")}, /* 2.5.29.19 */
	{OID_AUTHORITY_KEY_ID, DER("\x55\x1d\x23")}, /* 2.5.29.35 */

	/* Attributes of names: {joint-iso-ccitt(2) ds(5) 4} */
	{OID_COMMON_NAME, DER("\x55\x04\x03")}, /* 2.5.4.3 */
	{OID_COUNTRY, DER("\x55\x04\x06")}, /* 2.5.4.6 */
	{OID_LOCALITY, DER("\x55\x04\x07")}, /* 2.5.4.7 */
	{OID_STATE, DER("\x55\x04\x08")}, /* 2.5.4.8 */
	{OID_ORGANIZATION, DER("\x55\x04\x0a")}, /* 2.5.4.10 */
	{OID_ORGANIZATIONAL_UNIT, DER("\x55\x04\x0b")}, /* 2.5.4.11 */
};
/* clang-format on */

enum oid oid_of(struct bytes value)
{
	for (size_t i = 0; i < sizeof(registry) / sizeof(registry[0]); i++)
		if (value.left == registry[i].length &&
			!memcmp(value.at, registry[i].der, value.left))
			return registry[i].oid;
	return OID_UNKNOWN;
}

const char *oid_name(enum oid oid)
{
	switch (oid) {
	case OID_SHA1:
		return "SHA-1";
	case OID_SHA224:
		return "SHA-224";
	case OID_SHA256:
		return "SHA-256";
	case OID_SHA384:
		return "SHA-384";
	case OID_SHA512:
		return "SHA-512";
	case OID_SHA3_256:
		return "SHA3-256";
	case OID_SHA3_384:
		return "SHA3-384";
	case OID_SHA3_512:
		return "SHA3-512";
	case OID_SM3:
		return "SM3";
	case OID_GOST_DIGEST:
		return "GOST";
	case OID_RSA_KEY:
		return "RSA";
	case OID_ECDSA:
		return "ECDSA";
	case OID_GOST_KEY:
		return "GOST";
	case OID_ML_DSA:
		return "ML-DSA";
	default:
		return "?";
	}
}
