/*
 * refusal.c - why the kernel refused a policy
 *
 * SPDX-License-Identifier: MIT
 */
#include "refusal.h"

#include <errno.h>

#include "check.h"
#include "say.h"

/* Says the first fault of the text, if the kernel answers that with this errno. */
static bool say_text_fault(const char *name, struct bytes text, int error)
{
	struct policy_reader reader;
	enum policy_event event;

	policy_start(&reader, text);
	while ((event = policy_next(&reader)) != EVENT_FAULT)
		if (event == EVENT_END)
			return false;
	if (policy_fault_errno(reader.fault) != error)
		return false;
	say_begin(SAY_ERROR);
	say_add("%s: line %u: ", name, (unsigned)reader.line);
	check_fault_words(&reader);
	say_end();
	return true;
}

void refusal_say(const char *name, const struct pkcs7_message *message, int error)
{
	static const unsigned char errors[] = {EPERM, ENOKEY, EKEYREJECTED, ENOPKG, EBADMSG};
	static const char *const meanings =
		"CAP_MAC_ADMIN is missing (be root of the host, before the machine is sealed)\0"
		"the kernel trusts no key that signed it\0"
		"the signature does not match: it was changed after it was signed, or the key is "
		"revoked\0"
		"signed with an algorithm that this kernel does not have\0"
		"the kernel cannot read it";
	const char *meaning = meanings, *hint = "";

	error = -error;
	if (say_text_fault(name, message->text, error))
		return;
	if (message->refused && pkcs7_fault_errno(message->refused) == error) {
		say(SAY_ERROR, "%s: %pW", name, pkcs7_fault_words(message->refused));
		return;
	}
	if (error == ENOKEY && !message->subject.left)
		hint = " (its certificate is not used: sign without -nocerts and -keyid)";
	else if (error == ENOKEY && message->issuer_unknowable)
		hint = " (its certificate names no authority key: give it X.509v3 extensions)";
	for (size_t i = 0; i < sizeof(errors); i++) {
		if (errors[i] == error) {
			say(SAY_ERROR, "%s: %pW%pW", name, meaning, hint);
			return;
		}
		meaning += strlen(meaning) + 1;
	}
	say_failure(name, "the kernel refused it", error);
}
