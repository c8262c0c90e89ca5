/*
 * message_faults.c - the faults of a signed message in words
 *
 * SPDX-License-Identifier: MIT
 */
#include "check/message_faults.h"

static const char *const words[PKCS7_FAULTS] = {
	[PKCS7_OK] = "good",
	[PKCS7_EMPTY] = "empty",
	[PKCS7_TOO_LONG] = "more than 65,535 bytes",
	[PKCS7_PEM] = "PEM or S/MIME, not DER (sign with -outform der)",
	[PKCS7_NOT_DER] = "not signed (sign with openssl smime -sign)",
	[PKCS7_CUT] = "truncated",
	[PKCS7_BROKEN] = "damaged, or not signed",
	[PKCS7_NOT_SIGNED] = "not signed data (sign with openssl smime -sign)",
	[PKCS7_NO_SIGNER] = "no signer: certificates only, or damaged",
	[PKCS7_NOT_DATA] = "signed, but not data (sign with openssl smime -sign)",
	[PKCS7_DETACHED] = "detached: no policy in it (sign with -nodetach)",
	[PKCS7_STREAM] = "indefinite lengths (sign without -stream)",
	[PKCS7_NO_TEXT] = "the signed policy is empty",
	[PKCS7_VERSION] = "a version that the kernel does not know",
	[PKCS7_VERSION_MIXED] = "signers of two kinds (sign with -keyid for all or none)",
	[PKCS7_DIGEST_ALGO] = "a digest that the kernel does not have (use -md sha256)",
	[PKCS7_KEY_ALGO] =
		"a signature that the kernel does not know (use RSA without PSS, or ECDSA)",
	[PKCS7_KEY_NAMED_WITH_DIGEST] =
		"the signer's algorithm is one like sha256WithRSAEncryption (use openssl smime)",
	[PKCS7_KEY_NAMED_EC] = "the signer's algorithm is id-ecPublicKey (use openssl smime)",
	[PKCS7_KEY_NOT_CERTS] =
		"the signer's algorithm is not that of its certificate's key (use openssl smime)",
	[PKCS7_KEY_SIZE] =
		"an RSA key of a size that the kernel does not have (use 2048, 3072 or 4096 bits)",
	[PKCS7_ATTR_KIND] =
		"signed attributes that the kernel refuses (use -noattr or -nosmimecap)",
	[PKCS7_ATTR_REPEATED] = "a signed attribute twice (sign with -noattr)",
	[PKCS7_ATTR_MISSING] = "signed attributes without type or digest (sign with -noattr)",
	[PKCS7_ATTR_MIXED] = "signed attributes for some signers (sign with -noattr)",
	[PKCS7_SIGNING_TIME] = "a broken signing time (sign with -noattr)",
	[PKCS7_TIME_OUTSIDE] = "signed outside the certificate's validity (sign with -noattr)",
	[PKCS7_CERT_BROKEN] = "a certificate that the kernel cannot read (try -nocerts)",
	[PKCS7_CERT_ALGO] =
		"a certificate's key or signature is unknown (use RSA without PSS, P-256 to P-521)",
};

const char *message_fault_words(enum pkcs7_fault fault)
{
	return words[fault];
}
