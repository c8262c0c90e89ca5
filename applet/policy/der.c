/*
 * der.c - elements of ASN.1 in DER
 *
 * SPDX-License-Identifier: MIT
 */
#include "policy/der.h"

/* A tag whose number is not in its first byte has all these bits (X.690 section 8.1.2.4). */
#define LONG_TAG 0x1f

#define CONSTRUCTED 0x20

/* Of a length's first byte: that this is not the length itself but how many bytes it has, 0 for an
 * indefinite one (X.690 sections 8.1.3.5 and 8.1.3.6). */
#define LONG_LENGTH 0x80

void der_note(struct der *der, enum pkcs7_fault fault)
{
	if (!der->refused)
		der->refused = fault;
}

void der_stop(struct der *der, enum pkcs7_fault fault)
{
	der_note(der, fault);
	if (!der->stopped)
		der->stopped = fault;
	der->left.left = 0;
}

bool der_has_more(const struct der *der)
{
	return der->left.left > 0;
}

/* Takes the header of an element, and what it says of the value's length. */
static enum pkcs7_fault take_header(struct der *der, size_t *length)
{
	int tag = bytes_get(&der->left), first = bytes_get(&der->left), byte;

	der->tag = tag < 0 ? 0 : (unsigned char)tag;
	if (tag < 0 || first < 0 || (tag & LONG_TAG) == LONG_TAG)
		return PKCS7_BROKEN;
	if (first == LONG_LENGTH)
		return tag & CONSTRUCTED ? PKCS7_STREAM : PKCS7_BROKEN;
	if (first > LONG_LENGTH + 2)
		return PKCS7_BROKEN;
	if (first < LONG_LENGTH) {
		*length = (size_t)first;
		return PKCS7_OK;
	}
	*length = 0;
	for (int count = first - LONG_LENGTH; count; count--) {
		byte = bytes_get(&der->left);
		if (byte < 0)
			return PKCS7_BROKEN;
		*length = *length << 8 | (size_t)byte;
	}
	return PKCS7_OK;
}

struct bytes der_take_any(struct der *der)
{
	struct bytes value = {NULL, 0};
	size_t length;
	enum pkcs7_fault fault = take_header(der, &length);

	if (fault)
		der_stop(der, fault);
	else if (!bytes_take(&der->left, length, &value))
		der_stop(der, PKCS7_BROKEN);
	return value;
}

struct bytes der_take(struct der *der, unsigned char tag)
{
	struct bytes value = der_take_any(der);

	if (der->tag == tag)
		return value;
	der_stop(der, PKCS7_BROKEN);
	return (struct bytes){NULL, 0};
}

/* Is there one more element, and has it this tag? */
static bool next_is(struct der *der, unsigned char tag)
{
	struct bytes before = der->left;

	if (!der_has_more(der))
		return false;
	der_take_any(der);
	if (!der->stopped)
		der->left = before;
	return der->tag == tag;
}

struct bytes der_take_optional(struct der *der, unsigned char tag)
{
	return next_is(der, tag) ? der_take(der, tag) : (struct bytes){NULL, 0};
}

void der_enter(struct der *der, unsigned char tag)
{
	struct bytes inside = der_take(der, tag);

	der->behind[der->depth++] = der->left.left;
	der->left = inside;
}

bool der_enter_optional(struct der *der, unsigned char tag)
{
	if (!next_is(der, tag))
		return false;
	der_enter(der, tag);
	return true;
}

void der_leave(struct der *der)
{
	if (der_has_more(der))
		der_stop(der, PKCS7_BROKEN);
	der->depth--;
	if (!der->stopped)
		der->left.left = der->behind[der->depth];
}
