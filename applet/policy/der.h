/*
 * der.h - elements of ASN.1 in DER
 *
 * An element is a tag, a length and a value (X.690 section 8.1).  This reads them as
 * asn1_ber_decoder() of Linux does (lib/asn1_decoder.c): a tag is one byte, a length at most 65,535
 * and need not be in its shortest form.  Where that one follows an indefinite length
 * (section 8.1.3.6, BER), this one stops: no signed policy that the kernel takes has one.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef POLICY_DER_H
#define POLICY_DER_H

#include "policy/bytes.h"
#include "policy/pkcs7_fault.h"

/* Tags, with class and constructed bit (X.690 section 8.1.2, X.680 section 8). */
#define DER_BOOLEAN 0x01
#define DER_INTEGER 0x02
#define DER_BIT_STRING 0x03
#define DER_OCTET_STRING 0x04
#define DER_OID 0x06
#define DER_UTC_TIME 0x17
#define DER_GENERALIZED_TIME 0x18
#define DER_SEQUENCE 0x30
#define DER_SET 0x31
/* [n] IMPLICIT of something primitive; [n] EXPLICIT, or IMPLICIT of a SET or SEQUENCE */
#define DER_CONTEXT(n) (0x80 | (n))
#define DER_CONTEXT_CONSTRUCTED(n) (0xa0 | (n))

/* How many elements can be entered, one in the other.  The grammar decides how many are, not the
 * message: at most eight, for an attribute of a signer's issuer. */
#define DER_DEPTH 8

/*
 * A reader that stops at the first element that does not belong where it stands.  From there on
 * nothing is left, and whatever is taken is empty: so one can read on, and look in the end at what
 * has stopped it.
 */
struct der {
	struct bytes left;        /* of the element that was entered last */
	size_t behind[DER_DEPTH]; /* how many bytes follow it, and each of those around it */
	unsigned depth;           /* how many have been entered */
	unsigned char tag;        /* of the element that was taken last; 0 if there was none */
	enum pkcs7_fault stopped; /* why it has stopped, PKCS7_OK if it has not */
	enum pkcs7_fault refused; /* the first fault that was noted, or that has stopped it */
};

/* Notes a fault.  The first one counts; reading goes on. */
void der_note(struct der *der, enum pkcs7_fault fault);

/* Notes a fault, and stops. */
void der_stop(struct der *der, enum pkcs7_fault fault);

/* Is there anything left in the element that was entered last? */
bool der_has_more(const struct der *der);

/*
 * Takes the next element, whatever it is, and returns its value.  Stops with PKCS7_STREAM at a
 * constructed element of indefinite length, and with PKCS7_BROKEN if there is no element or one
 * that reaches beyond the end.
 */
struct bytes der_take_any(struct der *der);

/* Takes the next element, which must have this tag: PKCS7_BROKEN. */
struct bytes der_take(struct der *der, unsigned char tag);

/* Takes the next element if there is one with this tag; if not, takes nothing.  One that cannot be
 * read stops the reader, whatever its tag. */
struct bytes der_take_optional(struct der *der, unsigned char tag);

/* Enters the next element, which must have this tag: what is inside comes next. */
void der_enter(struct der *der, unsigned char tag);

/* The same, if there is one with this tag; if not, enters nothing and returns false. */
bool der_enter_optional(struct der *der, unsigned char tag);

/* Leaves the element that was entered last, in which nothing may be left: PKCS7_BROKEN. */
void der_leave(struct der *der);

#endif
