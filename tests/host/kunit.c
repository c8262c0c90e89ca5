/*
 * kunit.c - runs the kernel's own test cases against the policy reader
 *
 * Linked with the kernel's policy_tests.c. Prints a line for each case, "ok CASE: DESCRIPTION" or
 * "not ok ...", and at last how many there were. Exits 1 when one failed.
 *
 * SPDX-License-Identifier: MIT
 */
#include <kunit/test.h>

#include "policy.h"

#include "policy/text.h"

extern struct kunit_suite *const kunit_suite;

/* The kernel's function of this name, with the reader instead of the parser. */
struct ipe_policy *ipe_new_policy(
	const char *text, size_t textlen, const char *pkcs7, size_t pkcs7len)
{
	static struct ipe_parsed_policy parsed;
	struct policy_reader reader;
	struct ipe_policy *policy;
	enum policy_event event;

	(void)pkcs7, (void)pkcs7len;
	policy_start(&reader, (struct bytes){(const unsigned char *)text, textlen});
	while ((event = policy_next(&reader)) != EVENT_END)
		if (event == EVENT_FAULT)
			return ERR_PTR(-policy_fault_errno(reader.fault));
	policy = kzalloc(sizeof(*policy), GFP_KERNEL);
	policy->text = kmemdup_nul(text, textlen, GFP_KERNEL);
	policy->textlen = textlen;
	policy->parsed = &parsed;
	return policy;
}

void ipe_free_policy(struct ipe_policy *policy)
{
	if (IS_ERR_OR_NULL(policy))
		return;
	kfree(policy->text);
	kfree(policy);
}

int main(void)
{
	unsigned count = 0, failed = 0;

	for (struct kunit_case *each = kunit_suite->test_cases; each->run_case; each++) {
		char description[KUNIT_PARAM_DESC_SIZE] = "";
		const void *parameter = NULL;

		do {
			struct kunit test = {.failures = 0};

			if (each->generate_params) {
				parameter = each->generate_params(parameter, description);
				if (!parameter)
					break;
			}
			test.param_value = parameter;
			each->run_case(&test);
			count++;
			failed += test.failures != 0;
			printf("%s %s: %s\n", test.failures ? "not ok" : "ok", each->name,
				description);
		} while (parameter);
	}
	printf("%u cases, %u failed\n", count, failed);
	return failed != 0;
}
