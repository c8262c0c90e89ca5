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

static const struct {
	int error;
	const char *words;
} meanings[] = {
	{EPERM, "CAP_MAC_ADMIN is missing (be root of the host, before the machine is sealed)"},
	{ENOKEY, "the kernel trusts no key that signed it"},
	{EKEYREJECTED, "the signature does not match: it was changed after it was signed"},
	{ENOPKG, "signed with an algorithm that this kernel does not have"},
	{EBADMSG, "the kernel cannot read it"},
};

void refusal_say(const char *name, const struct pkcs7_message *message, int error)
{
	size_t i;

	if (say_text_fault(name, message->text, error))
		return;
	if (message->refused && pkcs7_fault_errno(message->refused) == error) {
		say(SAY_ERROR, "%s: %pW", name, pkcs7_fault_words(message->refused));
		return;
	}
	for (i = 0; i < sizeof(meanings) / sizeof(*meanings); i++) {
		if (meanings[i].error != error)
			continue;
		say_begin(SAY_ERROR);
		say_add("%s: %pW", name, meanings[i].words);
		if (error == ENOKEY && !message->subject.left)
			say_add(" (its certificate is not used: sign without -nocerts and -keyid)");
		else if (error == ENOKEY && message->issuer_unknowable)
			say_add(" (its certificate names no authority key: give it X.509v3 "
				"extensions)");
		say_end();
		return;
	}
	say_failure(name, "the kernel refused it", error);
}
