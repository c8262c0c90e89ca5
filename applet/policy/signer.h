/*
 * signer.h - a signer of a signed message: one SignerInfo
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef POLICY_SIGNER_H
#define POLICY_SIGNER_H

#include "policy/der.h"
#include "policy/oid.h"

struct signer {
	struct bytes issuer, serial; /* values without their headers; empty if it is not named so */
	enum oid digest, key;        /* OID_UNKNOWN: not of those that the kernel has */
	struct bytes signature;

	/* Signed attributes: whether there are any, and those that matter. */
	bool has_attributes, has_content_type, has_message_digest, has_signing_time, has_refused;
	uint64_t signing_time; /* as x509_read_time() has it */
};

/* Takes a SignerInfo (RFC 2315 section 9.2, RFC 5652 section 5.3) as pkcs7_parser.c does, and notes
 * what is wrong with it.  *version is that of signer_take_version(). */
void signer_take(struct der *from, int *version, struct signer *signer);

/*
 * Takes a version of SignedData or SignerInfo.  The kernel knows 1, where signers are named by
 * issuer and serial number, and 3, where they are named by their keys.  The first of a message that
 * is one of these goes into *version, which is 0 before; another one after it is a fault.
 */
void signer_take_version(struct der *from, int *version);

#endif
