/*
 * fuzz_pkcs7.c - the signed message reader on any bytes
 *
 * Beside what the sanitizers see: what the reader hands out lies within the message, and text and
 * fault fit together.
 *
 * libFuzzer: -max_len=2048
 *
 * SPDX-License-Identifier: MIT
 */
#include <stdlib.h>

#include "policy/pkcs7.h"
#include "policy/x509.h"

static void must(bool holds)
{
	if (!holds)
		abort();
}

/* Is the part inside the whole?  An empty one may be anywhere. */
static void must_be_inside(struct bytes part, struct bytes whole)
{
	if (part.left)
		must(part.at >= whole.at && part.at + part.left <= whole.at + whole.left);
}

/* A name comes to an end, and its parts are parts of it: also one that no message vouches for. */
static void walk_name(struct bytes name)
{
	struct bytes whole = name, value;
	const char *label;
	size_t left;

	for (left = name.left; x509_name_next(&name, &label, &value); left = name.left) {
		must(name.left < left);
		must_be_inside(value, whole);
		must_be_inside(name, whole);
		must(*label);
	}
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	struct bytes whole = {data, size};
	struct pkcs7_message message;
	enum pkcs7_fault fault = pkcs7_read(whole, &message);

	must(fault <= PKCS7_NO_TEXT);
	must(message.refused < PKCS7_FAULTS);
	must(!fault || message.refused);
	must(!fault == !!message.text.left);
	must_be_inside(message.text, whole);
	must(!message.refused == !pkcs7_fault_errno(message.refused));
	if (!message.refused) {
		must(message.signers && message.digest && *oid_name(message.digest));
		must(message.key && *oid_name(message.key));
	}
	must_be_inside(message.subject, whole);
	must(!message.issuer_unknowable || message.subject.left || message.refused);
	walk_name(message.subject);
	walk_name(whole);
	return 0;
}
