/*
 * test.h - as much of KUnit as policy_tests.c uses
 *
 * The file's own macros, cases and checks run; only what is behind the names is ours.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef SHIM_KUNIT_TEST_H
#define SHIM_KUNIT_TEST_H

#include <linux/kernel.h>

#define KUNIT_PARAM_DESC_SIZE 128

struct kunit {
	const void *param_value;
	unsigned failures; /* of the running case */
};

struct kunit_case {
	void (*run_case)(struct kunit *test);
	const char *name;
	/* the parameter after previous, NULL behind the last; fills the description */
	const void *(*generate_params)(const void *previous, char *description);
};

struct kunit_suite {
	const char *name;
	struct kunit_case *test_cases; /* up to one without run_case */
};

#define KUNIT_CASE(function) \
	{ \
		.run_case = (function), .name = #function \
	}
#define KUNIT_CASE_PARAM(function, generate) \
	{ \
		.run_case = (function), .name = #function, .generate_params = (generate) \
	}

#define KUNIT_ARRAY_PARAM(title, array, describe) \
	static const void *title##_gen_params(const void *previous, char *description) \
	{ \
		__typeof__(&(array)[0]) next = previous; \
\
		next = next ? next + 1 : (array); \
		if (next == (array) + ARRAY_SIZE(array)) \
			return NULL; \
		describe(next, description); \
		return next; \
	}

#define kunit_test_suite(suite) struct kunit_suite *const kunit_suite = &(suite)

/* Says what did not hold, and counts it.  Returns whether it held. */
#define shim_check(test, holds) \
	((holds) || (printf("# line %d: %s\n", __LINE__, #holds), (test)->failures++, false))

#define KUNIT_EXPECT_EQ(test, left, right) shim_check(test, (left) == (right))
#define KUNIT_EXPECT_PTR_EQ(test, left, right) shim_check(test, (left) == (right))
#define KUNIT_EXPECT_STREQ(test, left, right) shim_check(test, !strcmp(left, right))
#define KUNIT_EXPECT_TRUE(test, condition) shim_check(test, condition)
#define KUNIT_EXPECT_NOT_ERR_OR_NULL(test, pointer) shim_check(test, !IS_ERR_OR_NULL(pointer))
#define KUNIT_ASSERT_NOT_ERR_OR_NULL(test, pointer) \
	do \
		if (!shim_check(test, !IS_ERR_OR_NULL(pointer))) \
			return; \
	while (0)

static inline long strscpy(char *to, const char *from, size_t size)
{
	return snprintf(to, size, "%s", from);
}

#endif
