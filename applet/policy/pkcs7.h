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

#include "policy/bytes.h"

/* The largest message: the kernel's ASN.1 decoder takes no more (lib/asn1_decoder.c). */
#define PKCS7_MAX 65535

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

/* What a message holds. */
struct pkcs7_message {
	struct bytes text;        /* the policy's text */
	enum pkcs7_fault refused; /* the first fault of any kind, PKCS7_OK if there is none */
	unsigned signers;         /* number of SignerInfos */
	struct bytes subject;     /* subject of the first signer's certificate, a Name without its
				     header; empty: it is not included, or the signer is named by its
				     key (-keyid) and the kernel does not look among those included */
	/* First signer's digest and key algorithm, for pkcs7_word(); 0: unknown. */
	unsigned char digest, key;
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

/*
 * The errno with which Linux 6.12 refuses a message for this fault, provided that nothing else is
 * wrong with it and it trusts the signer; 0 for PKCS7_OK.  Up to PKCS7_NO_SIGNER, and from
 * PKCS7_VERSION on except for PKCS7_KEY_SIZE, the form alone decides.
 */
int pkcs7_fault_errno(enum pkcs7_fault fault);

/* The fault in words with the cure where there is one, in English, without a full stop: "detached:
 * the policy is not in the message (sign with -nodetach)". */
const char *pkcs7_fault_words(enum pkcs7_fault fault);

/* An algorithm's name: "SHA-256", "RSA"; "?" if it is unknown. */
const char *pkcs7_word(unsigned algorithm);

/*
 * Walks a Name without its header (RFC 5280 section 4.1.2.4), such as message->subject: takes the
 * next attribute from it.  *label becomes "CN", "O", ... or "?" for a type that has no short label
 * here, *value its characters in whatever string type they are.  False when there is none left or
 * the Name is broken.
 */
bool pkcs7_name_next(struct bytes *name, const char **label, struct bytes *value);

#endif
