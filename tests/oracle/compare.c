/*
 * compare.c - gives random policies to the policy reader and to the kernel's parser
 *
 * Usage: compare [-n COUNT] [-s SEED] [-w DIRECTORY]
 *        compare FILE...
 *
 * Prints one line: how many policies, how many of them the kernel takes, the seed, and how many
 * the two do not see alike; and one line for each difference.  Exits 1 when there is one, when
 * fewer than 30 or more than 70 of 100 are good, or when among 10,000 some kind of fault never came
 * first.
 *
 * -w writes the policies to DIRECTORY as well, as 00001.pol and so on, and the kernel's verdict on
 * each to DIRECTORY/verdicts: "00001.pol 0", the errno as a number.
 *
 * With files as arguments these are compared instead, with a line for each.
 *
 * SPDX-License-Identifier: MIT
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "generate.h"
#include "oracle.h"

static _Noreturn void die(const char *what)
{
	perror(what);
	exit(2);
}

static FILE *create(const char *directory, const char *name)
{
	char path[4096];
	FILE *file;

	snprintf(path, sizeof(path), "%s/%s", directory, name);
	file = fopen(path, "wb");
	if (!file)
		die(path);
	return file;
}

static int compare_files(char **names)
{
	static unsigned char text[ORACLE_MAX + 1];
	struct comparison result;
	int status = 0;

	for (; *names; names++) {
		FILE *file = fopen(*names, "rb");
		size_t length;

		if (!file)
			die(*names);
		length = fread(text, 1, sizeof(text), file);
		fclose(file);
		if (length > ORACLE_MAX) {
			errno = EFBIG;
			die(*names);
		}
		if (!oracle_compare((struct bytes){text, length}, &result))
			status = 1;
		printf("%s: kernel %d, fault %d%s%s\n", *names, result.error, result.fault,
			*result.difference ? ": difference: " : "", result.difference);
	}
	return status;
}

int main(int argc, char **argv)
{
	unsigned long count = 20000, good = 0, differences = 0, first[TEXT_FAULTS] = {0};
	unsigned long long seed = 1;
	const char *directory = NULL;
	FILE *verdicts = NULL;
	bool failed = false;
	double share;
	int option;

	while ((option = getopt(argc, argv, "n:s:w:")) != -1)
		switch (option) {
		case 'n':
			count = strtoul(optarg, NULL, 0);
			break;
		case 's':
			seed = strtoull(optarg, NULL, 0);
			break;
		case 'w':
			directory = optarg;
			break;
		default:
			return 2;
		}
	if (argv[optind])
		return compare_files(argv + optind);
	if (directory)
		verdicts = create(directory, "verdicts");

	for (unsigned long i = 1; i <= count; i++) {
		unsigned char text[GENERATE_MAX];
		uint64_t state = seed << 32 ^ i;
		size_t length = generate(&state, text);
		struct comparison result;

		if (!oracle_compare((struct bytes){text, length}, &result)) {
			differences++;
			printf("policy %lu: %s\n", i, result.difference);
		}
		good += !result.error;
		first[result.fault]++;
		if (directory) {
			char name[32];
			FILE *file;

			snprintf(name, sizeof(name), "%05lu.pol", i);
			file = create(directory, name);
			if (fwrite(text, 1, length, file) != length || fclose(file))
				die(name);
			fprintf(verdicts, "%s %d\n", name, result.error);
		}
	}
	if (verdicts && fclose(verdicts))
		die("verdicts");

	share = count ? 100.0 * (double)good / (double)count : 0;
	printf("%lu policies, %.1f %% valid, seed %llu, %lu differences\n", count, share, seed,
		differences);
	for (int fault = TEXT_OK; fault < TEXT_FAULTS; fault++)
		if (!first[fault] && count >= 10000) {
			printf("fault %d never came first\n", fault);
			failed = true;
		}
	if (share < 30 || share > 70) {
		printf("the share of valid ones is not between 30 and 70 %%\n");
		failed = true;
	}
	return failed || differences;
}
