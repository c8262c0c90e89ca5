/*
 * verdicts_host.c - policies for verdicts.bats, and what is expected of them
 *
 * Usage: verdicts_host texts COUNT SEED DIRECTORY
 *        verdicts_host decide COUNT SEED DIRECTORY
 *        verdicts_host expect POLICY.p7b...
 *
 * texts: writes policies of tests/oracle/generate.c, good and spoiled, as DIRECTORY/NNN.pol.
 *
 * decide: writes good policies d000.pol... of the same names, with rising versions, most of whose
 * rules are about EXECUTE.
 *
 * expect: prints "POLICY ERRNO" with the errno that the applet's readers say the kernel refuses the
 * policy with, or 0.
 *
 * SPDX-License-Identifier: MIT
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../oracle/generate.h"
#include "policy/pkcs7.h"
#include "policy/text.h"

static uint64_t state;

static unsigned below(unsigned limit)
{
	/* Knuth's MMIX generator; its upper bits are the good ones */
	state = state * 6364136223846793005 + 1442695040888963407;
	return (unsigned)(state >> 33) % limit;
}

static FILE *create(const char *directory, const char *format, unsigned number)
{
	char path[4096];
	int length = snprintf(path, sizeof(path), "%s/", directory);
	FILE *file;

	snprintf(path + length, sizeof(path) - (size_t)length, format, number);
	file = fopen(path, "w");
	if (!file) {
		perror(path);
		exit(1);
	}
	return file;
}

static void write_texts(unsigned count, const char *directory)
{
	static unsigned char text[GENERATE_MAX];

	for (unsigned i = 0; i < count; i++) {
		FILE *file = create(directory, "%03u.pol", i);

		fwrite(text, 1, generate(&state, text), file);
		fclose(file);
	}
}

static const char *const operations[] = {
	"EXECUTE", "FIRMWARE", "KMODULE", "KEXEC_IMAGE", "KEXEC_INITRAMFS", "POLICY", "X509_CERT"};
static const char *const properties[] = {
	"boot_verified", "dmverity_signature", "fsverity_signature"};

static const char *action(void)
{
	return below(2) ? "ALLOW" : "DENY";
}

static void write_rule(FILE *file)
{
	/* 1 to 3 are the usual numbers of properties */
	unsigned count = below(8) ? 1 + below(3) * below(2) : 0;

	fprintf(file, "op=%s", operations[below(4) ? 0 : below(7)]);
	while (count--) {
		if (below(10))
			fprintf(file, " %s=%s", properties[below(3)], below(3) ? "TRUE" : "FALSE");
		else
			fprintf(file, " dmverity_roothash=sha256:%064x", below(1000));
	}
	fprintf(file, " action=%s\n", action());
}

static void write_defaults(FILE *file)
{
	bool global = below(4);

	if (global)
		fprintf(file, "DEFAULT action=%s\n", action());
	for (unsigned i = 0; i < 7; i++)
		if (!global || !below(4))
			fprintf(file, "DEFAULT op=%s action=%s\n", operations[i], action());
}

static void write_decide(unsigned count, const char *directory)
{
	for (unsigned i = 0; i < count; i++) {
		FILE *file = create(directory, "d%03u.pol", i);
		bool defaults_first = below(2);

		fprintf(file, "policy_name=d%03u policy_version=1.0.%u\n", i, i);
		if (defaults_first)
			write_defaults(file);
		for (unsigned rules = below(6); rules; rules--)
			write_rule(file);
		if (!defaults_first)
			write_defaults(file);
		fclose(file);
	}
}

static int expect(struct bytes content)
{
	struct pkcs7_message message;
	struct policy_reader reader;
	enum pkcs7_fault form = pkcs7_read(content, &message);
	enum policy_event event;
	int length;

	if (form || message.refused)
		return pkcs7_fault_errno(form ? form : message.refused);
	policy_start(&reader, message.text);
	while ((event = policy_next(&reader)) != EVENT_END)
		if (event == EVENT_FAULT)
			return policy_fault_errno(reader.fault);
	/* lookup_one_len() and simple_lookup() of the kernel's fs/namei.c and fs/libfs.c */
	length = (int)reader.name.left;
	if (memchr(reader.name.at, '/', reader.name.left) ||
		(length <= 2 && !memcmp(reader.name.at, "..", reader.name.left)))
		return EACCES;
	return length > 255 ? ENAMETOOLONG : 0;
}

int main(int argc, char **argv)
{
	static unsigned char buffer[1 << 17];

	if (argc == 5 && !strcmp(argv[1], "texts")) {
		state = strtoull(argv[3], NULL, 0);
		write_texts((unsigned)atoi(argv[2]), argv[4]);
		return 0;
	}
	if (argc == 5 && !strcmp(argv[1], "decide")) {
		state = strtoull(argv[3], NULL, 0);
		write_decide((unsigned)atoi(argv[2]), argv[4]);
		return 0;
	}
	if (argc < 3 || strcmp(argv[1], "expect")) {
		fprintf(stderr, "verdicts_host: wrong usage\n");
		return 2;
	}
	for (int i = 2; i < argc; i++) {
		FILE *file = fopen(argv[i], "r");
		const char *slash = strrchr(argv[i], '/');
		size_t length;

		if (!file) {
			perror(argv[i]);
			return 1;
		}
		length = fread(buffer, 1, sizeof(buffer), file);
		fclose(file);
		printf("%s %d\n", slash ? slash + 1 : argv[i],
			expect((struct bytes){buffer, length}));
	}
	return 0;
}
