/*
 * pkcs7.c - the form of a signed message, read as Linux 6.12 reads it
 *
 * Above each function stands what it reads, in the words of crypto/asymmetric_keys/pkcs7.asn1, from
 * which the kernel's ASN.1 compiler makes what calls pkcs7_parser.c.  This agrees with the kernel
 * also where that is lax: lengths need not be minimal, and anything may stand where the grammar
 * says ANY.
 *
 * A fault that leaves a text to be read is noted, and reading goes on: the first one counts.  Any
 * other stops it.
 *
 * What is refused here and taken by the kernel, because nothing writes it:
 *  - indefinite lengths around anything but the content.  What openssl writes with -stream has one
 *    around the content too, and that never verifies.
 *  - a SEQUENCE for a SET, [2] or [3] for [0] or [1] (PKCS #7 1.6), a SEQUENCE or SET without its
 *    constructed bit.
 *
 * What is not checked here, and refused by the kernel although no key of its own is involved:
 *  - everything that needs cryptography: digests, signatures, also those of the certificates on
 *    each other, the inside of keys and signatures (except the size of a signer's RSA key);
 *  - a digest algorithm known to it but not built (SM3 or Streebog, say), and one that does not go
 *    together with the key algorithm;
 *  - a message digest attribute of another length than the digest;
 *  - what x509.c says of certificates;
 *  - a signer named in both ways or in none.
 *
 * SPDX-License-Identifier: MIT
 */
#include "policy/pkcs7.h"

#include <string.h>

#include "policy/signer.h"
#include "policy/x509.h"

struct reader {
	struct der from;
	struct pkcs7_message *message;
	int version;               /* as signer_take_version() has it */
	struct bytes text;         /* the content; at is null if there is none */
	struct bytes certificates; /* what is in their set */
	bool attributes;           /* the first signer has signed ones, and so must all */
};

/*
 * digestAlgorithms	SET OF AlgorithmIdentifier
 *
 * What the kernel needs of it, the signers say again.
 */
static void take_digest_algorithms(struct der *from)
{
	if (!der_enter_optional(from, DER_SET))
		return;
	if (!der_has_more(from))
		der_stop(from, PKCS7_NO_SIGNER);
	do
		x509_take_algorithm(from);
	while (der_has_more(from));
	der_leave(from);
}

/*
 * ContentInfo ::= SEQUENCE {
 *	contentType	OBJECT IDENTIFIER,
 *	content		[0] EXPLICIT ANY OPTIONAL }
 */
static struct bytes take_content(struct der *from)
{
	struct bytes content = {NULL, 0};
	enum oid type;

	der_enter(from, DER_SEQUENCE);
	type = oid_of(der_take(from, DER_OID));
	if (der_enter_optional(from, DER_CONTEXT_CONSTRUCTED(0))) {
		content = der_take_any(from);
		der_leave(from);
	}
	der_leave(from);
	/* pkcs7_note_content(); Authenticode's content, which it takes as well, is no policy. */
	if (type != OID_DATA)
		der_stop(from, PKCS7_NOT_DATA);
	return content;
}

/* certificates		[0] IMPLICIT SET OF Certificate OPTIONAL */
static struct bytes take_certificates(struct der *from)
{
	struct bytes certificates = {NULL, 0};
	struct x509_certificate certificate;

	if (!der_enter_optional(from, DER_CONTEXT_CONSTRUCTED(0)))
		return certificates;
	certificates = from->left;
	while (der_has_more(from))
		x509_take(from, &certificate);
	der_leave(from);
	return certificates;
}

/* CertificateList ::= SEQUENCE OF Certificate */
static void take_revocation_list(struct der *from)
{
	struct x509_certificate certificate;

	der_enter(from, DER_SEQUENCE);
	do
		x509_take(from, &certificate);
	while (der_has_more(from));
	der_leave(from);
}

/*
 * crls			[1] IMPLICIT SET OF CertificateList OPTIONAL
 *
 * Certificates are not what is in a list: so the kernel refuses every one.
 */
static void take_revocation_lists(struct der *from)
{
	if (!der_enter_optional(from, DER_CONTEXT_CONSTRUCTED(1)))
		return;
	do
		take_revocation_list(from);
	while (der_has_more(from));
	der_leave(from);
}

/* pkcs7_find_key(): the included certificate that a signer names */
static bool find_certificate(struct bytes certificates, const struct signer *signer,
	struct x509_certificate *certificate)
{
	/* They have been read before: nothing new is wrong. */
	struct der from = {.left = certificates};

	while (der_has_more(&from)) {
		x509_take(&from, certificate);
		if (bytes_equal(certificate->serial, signer->serial) &&
			bytes_equal(certificate->issuer, signer->issuer))
			return true;
	}
	return false;
}

/* Does crypto/rsa.c take a key that makes signatures of this many bytes?  It counts whole words of
 * 64 bits (rsa_check_key_length, mpi_get_size). */
static bool is_rsa_size(size_t bytes)
{
	switch ((bytes + 7) / 8 * 64) {
	case 512:
	case 1024:
	case 1536:
	case 2048:
	case 3072:
	case 4096:
		return true;
	default:
		return false;
	}
}

/* Is this how a SignerInfo names the algorithm of such a key? (public_key_verify_signature()) */
static bool is_algorithm_of(enum oid signer, enum oid key)
{
	return signer == (key == OID_EC_KEY ? OID_ECDSA : key);
}

/* What pkcs7_verify_one() says to a signer before it verifies the signature. */
static void check_certificate(struct reader *reader, const struct signer *signer, bool first)
{
	struct pkcs7_message *message = reader->message;
	struct x509_certificate certificate;

	/* Of one that is named by its key, the kernel does not look among those included. */
	if (reader->version != 1 || !find_certificate(reader->certificates, signer, &certificate))
		return;
	if (first) {
		message->subject = certificate.subject;
		message->issuer_unknowable = !x509_names_issuer_key(&certificate);
	}
	if (signer->has_signing_time && (signer->signing_time < certificate.not_before ||
						signer->signing_time > certificate.not_after))
		der_note(&reader->from, PKCS7_TIME_OUTSIDE);
	if (!is_algorithm_of(signer->key, certificate.key))
		der_note(&reader->from, PKCS7_KEY_NOT_CERTS);
	else if (signer->key == OID_RSA_KEY && !is_rsa_size(signer->signature.left))
		der_note(&reader->from, PKCS7_KEY_SIZE);
}

/* SignerInfo, beside the others */
static void take_signer(struct reader *reader)
{
	struct pkcs7_message *message = reader->message;
	const bool first = !message->signers;
	struct signer signer;

	signer_take(&reader->from, &reader->version, &signer);
	if (reader->from.stopped)
		return;
	message->signers++;
	if (first) {
		message->digest = signer.digest;
		message->key = signer.key;
		reader->attributes = signer.has_attributes;
	}
	/* pkcs7_check_authattrs() */
	if (signer.has_attributes != reader->attributes)
		der_note(&reader->from, PKCS7_ATTR_MIXED);
	check_certificate(reader, &signer, first);
}

/* signerInfos		SET OF SignerInfo */
static void take_signers(struct reader *reader)
{
	if (!der_enter_optional(&reader->from, DER_SET))
		return;
	do
		take_signer(reader);
	while (der_has_more(&reader->from));
	der_leave(&reader->from);
}

/*
 * SignedData ::= SEQUENCE {
 *	version			INTEGER,
 *	digestAlgorithms	SET OF AlgorithmIdentifier,
 *	contentInfo		ContentInfo,
 *	certificates		[0] IMPLICIT SET OF Certificate OPTIONAL,
 *	crls			[1] IMPLICIT SET OF CertificateList OPTIONAL,
 *	signerInfos		SET OF SignerInfo }
 */
static void take_signed_data(struct reader *reader)
{
	struct der *from = &reader->from;

	der_enter(from, DER_SEQUENCE);
	signer_take_version(from, &reader->version);
	take_digest_algorithms(from);
	reader->text = take_content(from);
	reader->certificates = take_certificates(from);
	take_revocation_lists(from);
	take_signers(reader);
	der_leave(from);
}

/*
 * PKCS7ContentInfo ::= SEQUENCE {
 *	contentType	OBJECT IDENTIFIER,
 *	content		[0] EXPLICIT SignedData OPTIONAL }
 */
static void read_content_info(struct reader *reader)
{
	struct der *from = &reader->from;

	if (oid_of(der_take(from, DER_OID)) != OID_SIGNED_DATA)
		der_stop(from, PKCS7_NOT_SIGNED);
	if (der_enter_optional(from, DER_CONTEXT_CONSTRUCTED(0))) {
		take_signed_data(reader);
		der_leave(from);
	}
	if (der_has_more(from))
		der_stop(from, PKCS7_BROKEN);
}

static enum pkcs7_fault read_message(struct reader *reader, struct bytes message)
{
	struct der outermost = {.left = message};

	if (!message.left)
		return PKCS7_EMPTY;
	if (message.left > PKCS7_MAX)
		return PKCS7_TOO_LONG;
	reader->from.left = der_take_any(&outermost);
	if (outermost.tag == '-' || bytes_skip(&message, "MIME-"))
		return PKCS7_PEM;
	if (outermost.tag != DER_SEQUENCE)
		return PKCS7_NOT_DER;
	if (outermost.stopped)
		return outermost.stopped == PKCS7_BROKEN ? PKCS7_CUT : outermost.stopped;
	read_content_info(reader);
	if (reader->from.stopped)
		return reader->from.stopped;
	if (!reader->message->signers)
		return PKCS7_NOT_SIGNED;
	if (!reader->text.at)
		return PKCS7_DETACHED;
	if (!reader->text.left)
		return PKCS7_NO_TEXT;
	reader->message->text = reader->text;
	return PKCS7_OK;
}

enum pkcs7_fault pkcs7_read(struct bytes from, struct pkcs7_message *message)
{
	struct reader reader = {.message = message};
	enum pkcs7_fault fault;

	memset(message, 0, sizeof(*message));
	fault = read_message(&reader, from);
	der_note(&reader.from, fault);
	message->refused = reader.from.refused;
	return fault;
}
