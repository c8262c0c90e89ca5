/*
 * pkcs7_dump.c - print what the signed message reader makes of a file
 *
 * One "name: value" a line.  With --all, what it makes of the file cut short at each byte, and with
 * bytes changed: only whether all is well.  With --words, each fault's words.
 *
 * SPDX-License-Identifier: MIT
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check/message_faults.h"
#include "policy/pkcs7.h"
#include "policy/x509.h"

static const char *const fault_names[PKCS7_FAULTS] = {
	[PKCS7_OK] = "OK",
	[PKCS7_EMPTY] = "EMPTY",
	[PKCS7_TOO_LONG] = "TOO_LONG",
	[PKCS7_PEM] = "PEM",
	[PKCS7_NOT_DER] = "NOT_DER",
	[PKCS7_CUT] = "CUT",
	[PKCS7_BROKEN] = "BROKEN",
	[PKCS7_NOT_SIGNED] = "NOT_SIGNED",
	[PKCS7_NO_SIGNER] = "NO_SIGNER",
	[PKCS7_NOT_DATA] = "NOT_DATA",
	[PKCS7_DETACHED] = "DETACHED",
	[PKCS7_STREAM] = "STREAM",
	[PKCS7_NO_TEXT] = "NO_TEXT",
	[PKCS7_VERSION] = "VERSION",
	[PKCS7_VERSION_MIXED] = "VERSION_MIXED",
	[PKCS7_DIGEST_ALGO] = "DIGEST_ALGO",
	[PKCS7_KEY_ALGO] = "KEY_ALGO",
	[PKCS7_KEY_NAMED_WITH_DIGEST] = "KEY_NAMED_WITH_DIGEST",
	[PKCS7_KEY_NAMED_EC] = "KEY_NAMED_EC",
	[PKCS7_KEY_NOT_CERTS] = "KEY_NOT_CERTS",
	[PKCS7_KEY_SIZE] = "KEY_SIZE",
	[PKCS7_ATTR_KIND] = "ATTR_KIND",
	[PKCS7_ATTR_REPEATED] = "ATTR_REPEATED",
	[PKCS7_ATTR_MISSING] = "ATTR_MISSING",
	[PKCS7_ATTR_MIXED] = "ATTR_MIXED",
	[PKCS7_SIGNING_TIME] = "SIGNING_TIME",
	[PKCS7_TIME_OUTSIDE] = "TIME_OUTSIDE",
	[PKCS7_CERT_BROKEN] = "CERT_BROKEN",
	[PKCS7_CERT_ALGO] = "CERT_ALGO",
};

static const char *errno_name(int error)
{
	switch (error) {
	case 0:
		return "0";
	case EBADMSG:
		return "EBADMSG";
	case EINVAL:
		return "EINVAL";
	case EKEYREJECTED:
		return "EKEYREJECTED";
	case EMSGSIZE:
		return "EMSGSIZE";
	case ENOPKG:
		return "ENOPKG";
	default:
		return "?";
	}
}

static void dump(struct bytes from)
{
	struct pkcs7_message message;
	enum pkcs7_fault fault = pkcs7_read(from, &message);
	struct bytes value;
	const char *label;

	printf("read: %s\n", fault_names[fault]);
	printf("refused: %s\n", fault_names[message.refused]);
	printf("errno: %s\n", errno_name(pkcs7_fault_errno(message.refused)));
	printf("words: %s\n", message_fault_words(message.refused));
	if (!fault != !!message.text.left) {
		fprintf(stderr, "a text and a fault, or neither\n");
		abort();
	}
	if (fault)
		return;
	if (message.text.at < from.at ||
		message.text.at + message.text.left > from.at + from.left) {
		fprintf(stderr, "the text is not in the message\n");
		abort();
	}
	printf("text: ");
	fwrite(message.text.at, 1, message.text.left, stdout);
	printf("\nlength: %zu\n", message.text.left);
	printf("signers: %u\n", message.signers);
	printf("digest: %s\n", message.digest ? oid_name(message.digest) : "-");
	printf("key: %s\n", message.key ? oid_name(message.key) : "-");
	printf("included: %d\n", !!message.subject.left);
	printf("unknowable: %d\n", message.issuer_unknowable);
	printf("subject:");
	while (x509_name_next(&message.subject, &label, &value))
		printf(" %s=%.*s", label, (int)value.left, (const char *)value.at);
	printf("\n");
}

/* Reads each message that is this one cut short, or with one byte changed: in all 255 ways, or, in
 * a message of more than 1,024 bytes, in each bit. */
static int try_all(struct bytes whole, unsigned char *copy)
{
	unsigned long taken = 0, refused = 0;
	struct pkcs7_message message;

	for (size_t length = 0; length < whole.left; length++) {
		/* A block of its own, so that a sanitizer sees a read beyond the end. */
		unsigned char *part = malloc(length ? length : 1);
		enum pkcs7_fault fault;

		if (!part)
			return 1;
		memcpy(part, whole.at, length);
		fault = pkcs7_read((struct bytes){part, length}, &message);
		if (!fault || !message.refused || message.text.left) {
			printf("cut to %zu bytes: no fault\n", length);
			free(part);
			return 1;
		}
		free(part);
	}
	memcpy(copy, whole.at, whole.left);
	for (size_t at = 0; at < whole.left; at++) {
		for (int flip = 1; flip<256; flip += whole.left> 1024 ? flip : 1) {
			const char *label;
			struct bytes value;

			copy[at] = whole.at[at] ^ (unsigned char)flip;
			if (pkcs7_read((struct bytes){copy, whole.left}, &message))
				refused++;
			else
				taken++;
			if (message.text.left &&
				(message.text.at < copy ||
					message.text.at + message.text.left > copy + whole.left)) {
				printf("byte %zu flipped: the text is not in the message\n", at);
				return 1;
			}
			while (x509_name_next(&message.subject, &label, &value)) {
				if (value.at < copy || value.at + value.left > copy + whole.left) {
					printf("byte %zu flipped: a name outside\n", at);
					return 1;
				}
			}
		}
		copy[at] = whole.at[at];
	}
	printf("cuts: %zu, flips with a text: %lu, without: %lu\n", whole.left, taken, refused);
	return 0;
}

int main(int argc, char **argv)
{
	bool all = argc == 3 && !strcmp(argv[1], "--all");
	static unsigned char buffer[PKCS7_MAX * 2];
	unsigned char *bytes, *copy;
	size_t length;
	FILE *file;
	int status = 0;

	if (argc == 2 && !strcmp(argv[1], "--words")) {
		for (int fault = 0; fault < PKCS7_FAULTS; fault++)
			puts(message_fault_words(fault));
		return 0;
	}
	if (argc != 2 && !all) {
		fprintf(stderr, "usage: pkcs7_dump [--all] FILE | --words\n");
		return 2;
	}
	file = fopen(argv[argc - 1], "rb");
	if (!file) {
		perror(argv[argc - 1]);
		return 2;
	}
	length = fread(buffer, 1, sizeof(buffer), file);
	fclose(file);
	/* Blocks of their own, so that a sanitizer sees a read beyond the end. */
	bytes = malloc(length ? length : 1);
	copy = malloc(length ? length : 1);
	if (!bytes || !copy)
		abort();
	memcpy(bytes, buffer, length);
	if (all)
		status = try_all((struct bytes){bytes, length}, copy);
	else
		dump((struct bytes){bytes, length});
	free(bytes);
	free(copy);
	return status;
}
