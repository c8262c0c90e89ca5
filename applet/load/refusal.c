/*
 * refusal.c - why the kernel refused a policy
 *
 * SPDX-License-Identifier: MIT
 */
#include "load/refusal.h"

#include <errno.h>

#include "check/check.h"
#include "say.h"

void refusal_say(const struct finder *finder, const struct pkcs7_message *message, int error)
{
	/* in the order of meanings; the last is that of all others */
	static const unsigned char errors[] = {EPERM, ENOKEY, EKEYREJECTED, ENOPKG, EBADMSG, 0};
	static const char *const meanings =
		"CAP_MAC_ADMIN is missing (be root of the host, before the machine is sealed)\0"
		"the kernel trusts no key that signed it\0"
		"the signature does not match: it was changed after it was signed, or the key is "
		"revoked\0"
		"signed with an algorithm that this kernel does not have\0"
		"the kernel cannot read it\0"
		"the kernel refused it: %i";
	const unsigned char *found = errors;
	const char *why;
	static struct policy_reader reader;
	const struct policy_reader *at = policy_start(&reader, message->text);

	while (policy_next(&reader) != EVENT_END && !at->fault)
		;
	say_begin(SAY_ERROR);
	say_add("%s: ", finder->name);
	if (policy_fault_errno(at->fault) == error) {
		say_add("line %u: ", at->line);
		check_fault_words(at);
	} else {
		if (pkcs7_fault_errno(message->refused) == error) {
			why = pkcs7_fault_words(message->refused);
		} else {
			while (*found && *found != error)
				found++;
			why = bytes_word(meanings, (unsigned)(found - errors));
		}
		say_add(why, error);
		/* for no fault of the form */
		if (error == ENOKEY) {
			if (!message->subject.left)
				say_add(" (its certificate is not used: sign without -nocerts and "
					"-keyid)");
			else if (message->issuer_unknowable)
				say_add(" (its certificate names no authority key: give it X.509v3 "
					"extensions)");
		}
	}
	say_end();
}
