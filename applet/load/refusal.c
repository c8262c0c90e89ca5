/*
 * refusal.c - why the kernel refused a policy
 *
 * SPDX-License-Identifier: MIT
 */
#include "load/refusal.h"

#include <errno.h>

#include "check/message_faults.h"
#include "check/text_faults.h"
#include "policy/text.h"
#include "say.h"

/* Adds what the policy's text tells, if that is why: the kernel stops at the first fault. */
static bool add_text_fault(const struct pkcs7_message *message, int error)
{
	static struct policy_reader reader;
	enum policy_event event;

	policy_start(&reader, message->text);
	do
		event = policy_next(&reader);
	while (event != EVENT_FAULT && event != EVENT_END);
	if (event == EVENT_END || policy_fault_errno(reader.fault) != error)
		return false;
	say_add("line %u: ", reader.line);
	say_add_text_fault(&reader);
	return true;
}

/* Adds what the message's form tells, if that is why. */
static bool add_message_fault(const struct pkcs7_message *message, int error)
{
	if (!message->refused || pkcs7_fault_errno(message->refused) != error)
		return false;
	say_add("%s", message_fault_words(message->refused));
	return true;
}

static void add_no_key(const struct pkcs7_message *message)
{
	say_add("the kernel trusts no key that signed it");
	if (message->subject.left == 0)
		say_add("; the signer's certificate is not included: the kernel must have it (sign "
			"without -nocerts and -keyid)");
	else if (message->issuer_unknowable)
		say_add("; the signer's certificate names no authority key: the kernel must have "
			"it (give it X.509v3 extensions)");
}

static void add_errno(const struct pkcs7_message *message, int error)
{
	switch (error) {
	case EPERM:
		say_add("CAP_MAC_ADMIN is missing, or SELinux refuses it (be root of the host, "
			"before the machine is sealed)");
		break;
	case ENOKEY:
		add_no_key(message);
		break;
	case EKEYREJECTED:
		say_add("the file was changed after it was signed, or the key is revoked");
		break;
	case ENOPKG:
		say_add("signed with an algorithm that this kernel does not have");
		break;
	case EBADMSG:
		say_add("the kernel cannot read it");
		break;
	default:
		say_add("the kernel refused it");
		say_add_errno(error);
	}
}

bool refusal(const char *file, const struct pkcs7_message *message, int error)
{
	say_begin(SAY_ERROR);
	say_add("%s: ", file);
	if (!add_text_fault(message, error) && !add_message_fault(message, error))
		add_errno(message, error);
	say_end();
	return false;
}
