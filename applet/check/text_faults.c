/*
 * text_faults.c - the faults of a policy's text in words
 *
 * SPDX-License-Identifier: MIT
 */
#include "check/text_faults.h"

#include "check/guess.h"
#include "say.h"

/* Adds which of the words was meant by the wrong one.  False when none is near.  Of a property
 * "NAME=VALUE" the name counts, with its "=", as the words have it. */
static bool add_guess(const struct policy_reader *at, const char *const words[], size_t count)
{
	struct bytes word = at->word, value = word, name;

	if (bytes_until(&value, &name, "="))
		word.left -= value.left;
	for (size_t i = 0; i < count; i++) {
		if (guess_is_near(word, words[i])) {
			say_add("; did you mean %s?", words[i]);
			return true;
		}
	}
	return false;
}

/* What the kernel expects where the fault is.  The other faults have words of their own. */
static const char *const expected[TEXT_FAULTS] = {
	[TEXT_NO_HEADER] = "policy_name=NAME policy_version=A.B.C",
	[TEXT_HEADER_NAME] = "policy_name=NAME",
	[TEXT_HEADER_VERSION] = "policy_version=A.B.C",
	[TEXT_HEADER_EXTRA] = "nothing behind the version",
	[TEXT_VERSION_NUMBER] = "a number",
	[TEXT_VERSION_RANGE] = "a number up to 65535",
	[TEXT_VERSION_COUNT] = "three numbers, A.B.C",
	[TEXT_OPERATION_MISSING] = "op= or DEFAULT",
	[TEXT_DIGEST_FORM] = "ALGORITHM:HEXADECIMAL",
	[TEXT_DIGEST_HEX] = "a hexadecimal digit",
	[TEXT_ACTION_MISSING] = "action=ALLOW or action=DENY",
	[TEXT_DEFAULT_MISSING] = "DEFAULT action=, or one for each operation",
};

/* Adds what was expected, and the wrong word that stands there, if there is one. */
static void add_expected(const struct policy_reader *at)
{
	static const char *const beginnings[] = {"op=", "DEFAULT"};

	say_add("expected %s", expected[at->fault]);
	if (at->word.left)
		say_add(", not \"%pB\"", &at->word);
	if (at->fault == TEXT_OPERATION_MISSING)
		add_guess(at, beginnings, 2);
}

/* Adds what kind of word is unknown, and which one was meant, or else which ones there are. */
static void add_unknown(
	const struct policy_reader *at, const char *kind, const char *const words[], size_t count)
{
	say_add("unknown %s \"%pB\"", kind, &at->word);
	if (add_guess(at, words, count))
		return;
	say_add(" (%s", words[0]);
	for (size_t i = 1; i < count - 1; i++)
		say_add(", %s", words[i]);
	say_add(" or %s)", words[count - 1]);
}

void say_add_text_fault(const struct policy_reader *at)
{
	switch (at->fault) {
	case TEXT_OPERATION_UNKNOWN:
		add_unknown(at, "operation", policy_op_names, OP_COUNT);
		break;
	case TEXT_PROPERTY_UNKNOWN:
		add_unknown(at, "property", policy_property_names, PROP_COUNT);
		break;
	case TEXT_PROPERTY_VALUE:
		add_unknown(at, "value", policy_boolean_names, 2);
		break;
	case TEXT_ACTION_UNKNOWN:
		add_unknown(at, "action", policy_action_names, ACTION_COUNT);
		break;
	case TEXT_DEFAULT_PROPERTY:
		say_add("a default cannot have a property");
		break;
	case TEXT_DEFAULT_TWICE:
		say_add("a second default for the same operation");
		break;
	default:
		add_expected(at);
	}
}
