/*
 * pkcs7_fault.h - what can be wrong with a signed message
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef POLICY_PKCS7_FAULT_H
#define POLICY_PKCS7_FAULT_H

/*
 * What is wrong with a message.  Those up to PKCS7_NO_TEXT leave no policy's text to be read; the
 * others are what a Linux 6.12 refuses although there is one (a newer one may take more).
 */
enum pkcs7_fault {
	PKCS7_OK,
	PKCS7_EMPTY,      /* no byte at all */
	PKCS7_TOO_LONG,   /* more than PKCS7_MAX bytes */
	PKCS7_PEM,        /* begins with "-" (PEM) or "MIME-" (S/MIME) */
	PKCS7_NOT_DER,    /* anything else that does not begin with a SEQUENCE */
	PKCS7_CUT,        /* the outermost length reaches behind the end: truncated */
	PKCS7_BROKEN,     /* an element that does not belong where it stands */
	PKCS7_NOT_SIGNED, /* contentType is not signedData, or there is nothing in it */
	PKCS7_NO_SIGNER,  /* no digest algorithm: a collection of certificates */
	PKCS7_NOT_DATA,   /* the content's type is not data */
	PKCS7_DETACHED,   /* no content */
	PKCS7_STREAM,     /* BER: an indefinite length (openssl -stream) */
	PKCS7_NO_TEXT,    /* the content has no byte */

	PKCS7_VERSION,       /* a version of SignedData or SignerInfo other than 1 and 3 */
	PKCS7_VERSION_MIXED, /* SignerInfo 1 in SignedData 3 or the reverse: one signer is named by
				issuer and serial number, another by its key (-keyid) */
	PKCS7_DIGEST_ALGO,   /* a message digest that the kernel does not have (MD5) */
	PKCS7_KEY_ALGO,      /* a signature algorithm that it does not have (RSA-PSS, Ed25519) */
	/* The signer's algorithm is written as ... */
	PKCS7_KEY_NAMED_WITH_DIGEST, /* sha256WithRSAEncryption or the like, as Go's pkcs7 packages
					do: the kernel takes rsaEncryption */
	PKCS7_KEY_NAMED_EC,          /* id-ecPublicKey, as systemd-keyutil does: the kernel takes
					ecdsa-with-SHA256 or the like */
	PKCS7_KEY_NOT_CERTS,         /* one that the key in the included certificate does not have;
					systemd-keyutil writes the issuer's */
	PKCS7_KEY_SIZE,      /* an RSA key other than 512, 1024, 1536, 2048, 3072, 4096 bits */
	PKCS7_ATTR_KIND,     /* signed attributes with S/MIME capabilities or Authenticode's */
	PKCS7_ATTR_REPEATED, /* a signed attribute repeated, or with several values */
	PKCS7_ATTR_MISSING,  /* content type or message digest missing among them, or wrong */
	PKCS7_ATTR_MIXED,    /* one signer has signed attributes, another has not */
	PKCS7_SIGNING_TIME,  /* signing time malformed */
	PKCS7_TIME_OUTSIDE,  /* signing time outside the included certificate's validity */
	PKCS7_CERT_BROKEN,   /* an included certificate cannot be read */
	PKCS7_CERT_ALGO,     /* its key or signature algorithm is not known */
	PKCS7_FAULTS         /* how many there are */
};

/*
 * The errno with which Linux 6.12 refuses a message for this fault, provided that nothing else is
 * wrong with it and it trusts the signer; 0 for PKCS7_OK.  Up to PKCS7_NO_SIGNER, and from
 * PKCS7_VERSION on except for PKCS7_KEY_SIZE, the form alone decides.
 */
int pkcs7_fault_errno(enum pkcs7_fault fault);

#endif
