/*
 * digests.c - digests that never match
 *
 * IPE compares the algorithm's name and the value with what dm-verity and fs-verity give it, and
 * takes any name and any length in a policy (ipe_digest_parse and ipe_digest_eval,
 * security/ipe/digest.c).
 *
 * SPDX-License-Identifier: MIT
 */
#include "check/digests.h"

#include "check/guess.h"
#include "say.h"

struct algorithm {
	char name[12];
	unsigned char digits; /* of a digest in hexadecimal */
};

/* fsverity_hash_algs (fs/verity/hash_algs.c). */
static const struct algorithm fs_verity[] = {{"sha256", 64}, {"sha512", 128}};

/* The kernel's hash functions without a key, by the names that dm-verity takes.  Those of fs-verity
 * are first: of several near ones, they are the ones that were meant. */
static const struct algorithm dm_verity[] = {
	{"sha256", 64},
	{"sha512", 128},
	{"sha1", 40},
	{"sha224", 56},
	{"sha384", 96},
	{"sha3-224", 56},
	{"sha3-256", 64},
	{"sha3-384", 96},
	{"sha3-512", 128},
	{"blake2b-256", 64},
	{"blake2b-512", 128},
	{"blake2s-256", 64},
	{"sm3", 64},
	{"rmd160", 40},
	{"streebog256", 64},
	{"streebog512", 128},
	{"wp256", 64},
	{"wp384", 96},
	{"wp512", 128},
	{"md5", 32},
};

static void check_algorithm(struct findings *findings, const struct location *location,
	const struct policy_digest *digest, const char *verity, const struct algorithm known[],
	size_t count)
{
	const char *near = NULL;

	for (size_t i = 0; i < count; i++) {
		if (bytes_are(digest->algorithm, known[i].name)) {
			if (digest->hex.left != known[i].digits)
				report(findings, WARNING, location,
					"this digest never matches: %s has %u digits, not %u",
					known[i].name, known[i].digits, (unsigned)digest->hex.left);
			return;
		}
		if (!near && guess_is_near(digest->algorithm, known[i].name))
			near = known[i].name;
	}
	if (!report_begin(findings, WARNING, location))
		return;
	say_add("this digest never matches: %s has no algorithm \"%pB\"", verity,
		&digest->algorithm);
	if (near)
		say_add("; did you mean %s?", near);
	say_end();
}

static void check_digest(struct findings *findings, const struct location *location,
	const struct policy_digest *digest)
{
	if (digest->property == PROP_FSVERITY_DIGEST)
		check_algorithm(findings, location, digest, "fs-verity", fs_verity,
			sizeof(fs_verity) / sizeof(fs_verity[0]));
	else
		check_algorithm(findings, location, digest, "dm-verity", dm_verity,
			sizeof(dm_verity) / sizeof(dm_verity[0]));
}

void digests_check(
	struct findings *findings, const struct location *location, const struct policy_rule *rule)
{
	struct location word = *location;

	for (unsigned i = 0; i < rule->digests; i++) {
		word.column = rule->digest[i].column;
		check_digest(findings, &word, &rule->digest[i]);
	}
}
