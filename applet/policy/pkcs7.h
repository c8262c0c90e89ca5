/*
 * pkcs7.h - the signed message around a policy's text
 *
 * A signed policy is PKCS#7 / CMS SignedData (RFC 2315 section 9, RFC 5652 section 5) in DER, with
 * the policy's text inside.  This reads its form as crypto/asymmetric_keys/pkcs7_parser.c,
 * pkcs7_verify.c and x509_cert_parser.c of Linux 6.12 do.  It does no cryptography: whether the
 * signature matches and the signer is trusted is for the kernel to say.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef POLICY_PKCS7_H
#define POLICY_PKCS7_H

#include "policy/oid.h"
#include "policy/pkcs7_fault.h"

/* The largest message: the kernel's ASN.1 decoder takes no more (lib/asn1_decoder.c). */
#define PKCS7_MAX 65535

/* What a message holds. */
struct pkcs7_message {
	struct bytes text;        /* the policy's text */
	enum pkcs7_fault refused; /* the first fault of any kind, PKCS7_OK if there is none */
	unsigned signers;         /* number of SignerInfos */

	/* Of the first signer: */
	enum oid digest, key;   /* the algorithms; OID_UNKNOWN if the kernel does not have them */
	struct bytes subject;   /* its certificate's subject, for x509_name_next(); empty: it is not
				   included, or the signer is named by its key (-keyid) and the kernel
				   does not look among those included */
	bool issuer_unknowable; /* the subject is known, is not the issuer, and no authority key is
				   named: only a kernel that has this very certificate can trust it
				   (ENOKEY) */
};

/*
 * Reads the form of a message.  Returns PKCS7_OK when there is a text (message->refused then says
 * whether the kernel refuses the message all the same), or the fault because of which there is
 * none; message->text is empty then.  Bytes behind the message are no fault (measured).
 */
enum pkcs7_fault pkcs7_read(struct bytes from, struct pkcs7_message *message);

#endif
