/*
 * x509.h - an X.509 certificate in a signed message
 *
 * Read as x509_cert_parse() of Linux 6.12 reads it (crypto/asymmetric_keys/x509_cert_parser.c and
 * x509.asn1), as far as its form goes.  No signature is checked.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef POLICY_X509_H
#define POLICY_X509_H

#include "policy/der.h"
#include "policy/oid.h"

struct x509_certificate {
	/* Values without their headers; empty if reading did not get so far. */
	struct bytes serial;
	struct bytes issuer;            /* a Name */
	struct bytes subject;           /* a Name */
	enum oid key;                   /* its algorithm: OID_RSA_KEY, OID_EC_KEY, OID_GOST_KEY */
	struct bytes authority_key;     /* what the extension authorityKeyIdentifier holds */
	uint64_t not_before, not_after; /* as x509_read_time() has them; 0 when unknown */
};

/*
 * Takes a certificate.  Notes PKCS7_CERT_BROKEN when it cannot be read (EBADMSG, EINVAL), or
 * PKCS7_CERT_ALGO when its key or its signature is of an unknown kind (ENOPKG).  Stops only where
 * there is no element at all, or one of indefinite length in the certificate.
 */
void x509_take(struct der *from, struct x509_certificate *certificate);

/* Does it say who has signed it: is it self-signed, or does it name an authority's key? */
bool x509_names_issuer_key(const struct x509_certificate *certificate);

/* Takes an AlgorithmIdentifier (RFC 5280 section 4.1.1.2) and returns the identifier's meaning. The
 * parameters may be anything. */
enum oid x509_take_algorithm(struct der *from);

/* Takes a Name (RFC 5280 section 4.1.2.4) and returns its value, without the header; empty if it is
 * broken. */
struct bytes x509_take_name(struct der *from);

/*
 * Walks a Name: takes the next attribute from it.  *label becomes "CN", "O", ... or "?" for a type
 * that has no short label here, *value its characters in whatever string type they are.  False when
 * there is none left or the Name is broken.
 */
bool x509_name_next(struct bytes *name, const char **label, struct bytes *value);

/*
 * Reads a Time as x509_decode_time() does: UTCTime, or GeneralizedTime from 2050 on, both in whole
 * seconds and UTC.  *time becomes YYYYMMDDhhmmss as a number, so that times can be compared.  False
 * if it is none.  Whether the month has such a day, and so on, is not checked.
 */
bool x509_read_time(unsigned char tag, struct bytes value, uint64_t *time);

#endif
