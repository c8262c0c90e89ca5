/*
 * check.c - checking policies before the kernel sees them
 *
 * SPDX-License-Identifier: MIT
 */
#define _GNU_SOURCE
#include "check/check.h"

#include <string.h>

#include "check/configuration.h"
#include "check/digests.h"
#include "check/message_faults.h"
#include "check/reach.h"
#include "check/table.h"
#include "check/text_faults.h"
#include "kernel/ipe.h"
#include "policy/pkcs7.h"
#include "policy/x509.h"
#include "say.h"

/* A policy that is being checked. */
struct policy {
	struct location whole; /* its file */
	bool is_signed;
	struct pkcs7_message message; /* if it is signed */
	struct bytes text;
	struct policy_reader reader;
	struct decisions decisions;
};

/* ---- the form ---- */

/* Warns of a signer that not every kernel which trusts the authority can know. */
static void check_signer(struct findings *findings, const struct policy *policy)
{
	if (!policy->message.subject.left)
		report(findings, WARNING, &policy->whole,
			"the signer's certificate is not included: the kernel must have it (sign "
			"without -nocerts and -keyid)");
	else if (policy->message.issuer_unknowable)
		report(findings, WARNING, &policy->whole,
			"the signer's certificate names no authority key: the kernel must have it "
			"(give it X.509v3 extensions)");
}

/* Warns of algorithms that not every kernel has. */
static void check_algorithms(struct findings *findings, const struct policy *policy)
{
	const enum oid digest = policy->message.digest;

	if (digest == OID_SHA3_256 || digest == OID_SHA3_384 || digest == OID_SHA3_512)
		report(findings, WARNING, &policy->whole,
			"not every kernel has SHA-3: in Debian's since 7.1 it is a module (use -md "
			"sha256)");
	if (policy->message.key == OID_ML_DSA)
		report(findings, WARNING, &policy->whole,
			"ML-DSA takes Linux 7.0 with CONFIG_CRYPTO_MLDSA");
}

/* Finds the text in the content; it is empty when there is none.  False after an error. */
static bool check_form(struct checker *checker, struct policy *policy, struct bytes content)
{
	struct pkcs7_message *message = &policy->message;

	pkcs7_read(content, message);
	policy->is_signed = message->refused != PKCS7_NOT_DER;
	policy->text = policy->is_signed ? message->text : content;
	if (!policy->is_signed && checker->purpose == PURPOSE_UNKNOWN)
		return true;
	if (message->refused)
		report(&checker->findings, ERROR, &policy->whole, "%s",
			message_fault_words(message->refused));
	if (policy->is_signed && policy->text.left) {
		check_signer(&checker->findings, policy);
		check_algorithms(&checker->findings, policy);
	}
	return !message->refused;
}

/* ---- the text ---- */

/* Can the policy's name be a directory of the kernel's? */
static bool check_name(struct findings *findings, const struct policy *policy)
{
	const struct policy_reader *reader = &policy->reader;
	struct location word = policy->whole;

	if (ipe_name_fits(reader->name))
		return true;
	word.line = reader->line;
	word.column = (unsigned)(reader->name.at - reader->text.at) + 1;
	report(findings, ERROR, &word,
		"policy_name \"%pB\" cannot be a directory (no slash, not . or .., at most 255 "
		"bytes)",
		&reader->name);
	return false;
}

/* Is it a word that a newer kernel may know, and does the user say so (-u)? */
static bool is_tolerated(const struct checker *checker, enum policy_fault fault)
{
	return checker->newer_kernel &&
	       (fault == TEXT_OPERATION_UNKNOWN || fault == TEXT_PROPERTY_UNKNOWN);
}

/* False when it is an error. */
static bool say_fault(struct checker *checker, const struct policy *policy)
{
	const struct policy_reader *reader = &policy->reader;
	struct location word = {policy->whole.file, reader->line, reader->column};
	bool tolerated = is_tolerated(checker, reader->fault);

	if (report_begin(&checker->findings, tolerated ? WARNING : ERROR, &word)) {
		say_add_text_fault(reader);
		say_end();
	}
	return tolerated;
}

static void check_rule(struct findings *findings, const struct policy *policy)
{
	struct location line = {.file = policy->whole.file, .line = policy->reader.line};

	digests_check(findings, &line, &policy->reader.rule);
	reach_check(findings, &line, &policy->reader.rule);
	configuration_check(findings, &line, &policy->reader.rule);
}

/* Reads the text, and says all that is to be said of its lines.  False after a fault. */
static bool check_lines(struct checker *checker, struct policy *policy)
{
	struct policy_reader *reader = &policy->reader;
	enum policy_event event;
	bool good = true;

	policy_start(reader, policy->text);
	decide_start(&policy->decisions);
	reach_start();
	while ((event = policy_next(reader)) != EVENT_END) {
		if (event == EVENT_HEADER) {
			if (check_name(&checker->findings, policy))
				checker->name = reader->name;
			else
				good = false;
		} else if (event == EVENT_FAULT) {
			good = say_fault(checker, policy) && good;
		} else if (event == EVENT_RULE) {
			check_rule(&checker->findings, policy);
		}
		decide_event(&policy->decisions, event, reader);
	}
	decide_end(&policy->decisions);
	return good;
}

/* Warns of trust in signatures of fs-verity.  Until Linux 7.3 the kernel notes the signature before
 * fs-verity is enabled on the file; when that fails, because the disk is full for example, the note
 * stays, also when the file is changed and fs-verity is enabled without a signature
 * (fsverity_verify_signature, fs/verity/signature.c). */
static void check_fsverity(struct findings *findings, const struct policy *policy)
{
	const struct decision *of = policy->decisions.op[OP_EXECUTE].file;
	struct location line = {policy->whole.file, of[FILE_FSV_SIGNED].line, 0};

	if (of[FILE_FSV_SIGNED].action == ACTION_ALLOW && of[FILE_NOWHERE].action == ACTION_DENY)
		report(findings, WARNING, &line,
			"before Linux 7.3 root can make any file count as signed by fs-verity");
}

/* Warns of what the kernel takes and nobody means. */
static void check_effect(struct findings *findings, const struct policy *policy)
{
	if (!decide_denies(&policy->decisions))
		report(findings, WARNING, &policy->whole, "nothing is ever denied");
	if (policy->reader.defaults[OP_NONE] == ACTION_NONE)
		report(findings, WARNING, &policy->whole,
			"no global DEFAULT: a kernel with a new operation refuses the policy");
}

/* ---- the set ---- */

static void add_to_set(struct checker *checker, const struct policy *policy)
{
	struct set_member *member = set_add(&checker->set);
	const struct bytes *name = &policy->reader.name;
	struct bytes file = bytes_of(policy->whole.file);

	if (!member) {
		report(&checker->findings, WARNING, &policy->whole,
			"too many policies: this one is not compared");
		return;
	}
	member->purpose = checker->purpose;
	/* A file with a longer name cannot be opened, and a policy with one has an error. */
	if (file.left >= sizeof(member->file))
		file.left = sizeof(member->file) - 1;
	memcpy(member->file, file.at, file.left);
	memcpy(member->name, name->at, name->left);
	member->version = policy->reader.version;
	member->text_hash = bytes_hash(BYTES_HASH_START, policy->text);
	member->decisions = policy->decisions;
}

/* ---- a good policy ---- */

static void add_signer(const struct pkcs7_message *message)
{
	struct bytes subject = message->subject, value;
	const char *label;

	say_add(", signed by ");
	if (!subject.left)
		say_add("a certificate that is not included, ");
	while (x509_name_next(&subject, &label, &value))
		say_add("%s=%pB, ", label, &value);
	say_add("%s, %s", oid_name(message->key), oid_name(message->digest));
}

/* Prints what was asked for; false if that was not possible. */
static bool say_policy(const struct checker *checker, const struct policy *policy)
{
	const struct policy_reader *reader = &policy->reader;
	enum say_kind kind = checker->list ? SAY_REPORT : SAY_RESULT;

	if (say_is_errors_only())
		return true;
	/* A list is of the initramfs's policies. */
	if (checker->list && (!checker->table || checker->purpose == PURPOSE_HAND_OVER))
		return true;
	say_begin(kind);
	say_add("%s: %pB %pV, %u rule%s", policy->whole.file, &reader->name, &reader->version,
		reader->rules, reader->rules == 1 ? "" : "s");
	if (policy->is_signed)
		add_signer(&policy->message);
	if (!say_end())
		return false;
	return !checker->table || table_say(kind, &policy->decisions);
}

bool check_policy(struct checker *checker, const char *file, struct bytes content)
{
	unsigned errors_before = checker->findings.errors;
	struct policy policy = {.whole.file = file};
	bool good;

	checker->name = (struct bytes){NULL, 0};
	good = check_form(checker, &policy, content);
	if (policy.is_signed && !policy.text.left)
		return false;
	if (!check_lines(checker, &policy) || !good)
		return false;
	check_effect(&checker->findings, &policy);
	check_fsverity(&checker->findings, &policy);
	add_to_set(checker, &policy);
	/* There may be errors that were warnings. */
	if (checker->findings.errors != errors_before)
		return false;
	return say_policy(checker, &policy);
}

bool check_end(struct checker *checker)
{
	set_check(&checker->findings, &checker->set);
	return checker->findings.errors == 0;
}
