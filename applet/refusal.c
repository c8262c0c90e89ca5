/*
 * refusal.c - why the kernel refused a policy
 *
 * SPDX-License-Identifier: MIT
 */
#include "refusal.h"

#include <errno.h>

#include "check.h"
#include "say.h"

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
	const char *hint = "";
	const unsigned char *found;
	static struct policy_reader reader;
	const struct policy_reader *at = policy_start(&reader, message->text);

	error = -error;
	while (policy_next(&reader) != EVENT_END && !at->fault)
		;
	say_begin(SAY_ERROR);
	say_add("%s: ", name);
	found = error < 256 ? memchr(errors, error, sizeof(errors)) : 0;
	if (policy_fault_errno(at->fault) == error) {
		say_add("line %u: ", at->line);
		check_fault_words(at);
	} else if (pkcs7_fault_errno(message->refused) == error) {
		say_add("%s", pkcs7_fault_words(message->refused));
	} else if (found) {
		if (error == ENOKEY && !message->subject.left)
			hint = " (its certificate is not used: sign without -nocerts and -keyid)";
		else if (error == ENOKEY && message->issuer_unknowable)
			hint = " (its certificate names no authority key: give it X.509v3 "
			       "extensions)";
		say_add("%s%s", bytes_word(meanings, (unsigned)(found - errors)), hint);
	} else {
		say_add("the kernel refused it: %i", error);
	}
	say_end();
}
