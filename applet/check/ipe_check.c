/*
 * ipe_check.c - the applet ipe-check
 *
 * Says before an image is built whether the kernel will take a policy, and whether the image will
 * boot with it.
 *
 * SPDX-License-Identifier: MIT
 */
#include <string.h>

#include "applets.h"
#include "check/check.h"
#include "command_line.h"
#include "find/find.h"
#include "find/misnamed.h"
#include "say.h"

static const char *const usage = "usage: ipe-check [-lquvW] [-R DIR] [FILE]...";

static const char *const help = "Check IPE policies, plain or signed; - is standard input.\n"
				"  -l      check and list the policies of the initramfs\n"
				"  -q      print errors only\n"
				"  -u      warn of unknown words only\n"
				"  -v      also print what each policy decides\n"
				"  -W      warnings count as errors\n"
				"  -R DIR  with -l: the system root\n"
				"Exit status: 0 good, 1 bad, 2 wrong usage, 3 (-l) none.\n";

enum { STATUS_GOOD = 0, STATUS_BAD = 1, STATUS_NONE = 3 };

struct options {
	bool list;               /* -l */
	bool newer_kernel;       /* -u */
	bool table;              /* -v */
	bool strict;             /* -W */
	const char *system_root; /* -R, or null */
	char *const *files;
};

/* Large, or needed as long as these are. */
static struct checker checker;
static struct sources sources;
static struct finder finder;
static struct misnamed misnamed;

/* Does not return from wrong usage.  -q is obeyed here. */
static void read_options(struct options *options, char **argv)
{
	struct command_line line = {
		.applet = "ipe-check",
		.letters = "lquvWR:",
		.usage = usage,
		.help = help,
		.argv = argv,
	};
	int letter;

	memset(options, 0, sizeof(*options));
	while ((letter = command_line_next(&line))) {
		if (letter == 'l')
			options->list = true;
		else if (letter == 'q')
			say_errors_only();
		else if (letter == 'u')
			options->newer_kernel = true;
		else if (letter == 'v')
			options->table = true;
		else if (letter == 'W')
			options->strict = true;
		else
			options->system_root = line.argument;
	}
	command_line_join(&line);
	options->files = line.operands;
	if (options->list && options->files[0])
		command_line_wrong(&line, "-l takes no FILE");
	if (!options->list && !options->files[0])
		command_line_wrong(&line, "neither a FILE nor -l");
	if (options->system_root && !options->list)
		command_line_wrong(&line, "-R needs -l");
	if (options->system_root && !options->system_root[0])
		command_line_wrong(&line, "-R needs a directory");
}

/* Does this to each policy that the finder finds and that can be read.  False after an error. */
static bool each(bool (*check)(void))
{
	bool good = true;
	int found;

	while ((found = find_next(&finder)))
		if (found < 0 || !check())
			good = false;
	return good;
}

static bool check_found(void)
{
	return check_policy(&checker, finder.name, finder.content);
}

static int check_files(const struct options *options)
{
	bool good;

	sources.files = options->files;
	sources.dash_is_stdin = true;
	if (!find_start(&finder, &sources))
		return STATUS_BAD;
	good = each(check_found);
	good = check_end(&checker) && good;
	return good ? STATUS_GOOD : STATUS_BAD;
}

/* ---- the policies that go into an initramfs ---- */

/* One that was found in plain ipe/: systemd will find it there, too. */
static void check_for_systemd(void)
{
	struct location whole = {.file = finder.name};
	struct bytes file_name = bytes_of(finder.directories.last_name);

	report(&checker.findings, WARNING, &whole,
		"systemd 257 and later loads this again in the real root, and stops: move it to "
		"ipe/initrd/");
	file_name.left -= strlen(".p7b");
	if (checker.name.left && !bytes_equal(file_name, checker.name))
		report(&checker.findings, WARNING, &whole,
			"systemd 257 and later stops the boot: not named after its policy");
}

/* Checks one for the initramfs, and lists its path if it is good and not embedded. */
static bool check_and_list_found(void)
{
	struct location whole = {.file = finder.name};
	bool good = check_found();

	if (!finder.in_directories)
		return good;
	if (finder.directories.fallen_back)
		check_for_systemd();
	if (bytes_has(bytes_of(finder.name), '\n')) {
		report(&checker.findings, ERROR, &whole,
			"a path with a line feed cannot be listed");
		return false;
	}
	return good && say_verbatim(finder.name) && say_verbatim("\n");
}

/* Warns of one that systemd will find after the hand-over. */
static bool warn_of_found(void)
{
	struct location whole = {.file = finder.name};

	report(&checker.findings, WARNING, &whole,
		"systemd 257 and later cannot load this after the hand-over, and stops: move it to "
		"ipe/initrd/");
	return true;
}

static void say_misnamed(void)
{
	struct location whole = {.file = misnamed.directories.path};

	report(&checker.findings, ERROR, &whole,
		"not named *.p7b, so it is not loaded (rename it, or move it elsewhere)");
}

/* Refuses signed policies that are named so that nobody will load them; and where no file has the
 * right name, any file: it may be a policy that is not signed yet, or was signed in another form,
 * and the place counts as empty.  False after an error. */
static bool check_names(const struct options *options, enum place place, bool none_named)
{
	bool good = true;
	int found;

	if (!misnamed_start(&misnamed, place, options->system_root))
		return false;
	while ((found = misnamed_next(&misnamed))) {
		good = false;
		if (found > 0)
			say_misnamed();
	}
	if (good && none_named && misnamed.any_file) {
		say_misnamed();
		return false;
	}
	return good;
}

static int list(const struct options *options)
{
	unsigned initramfs;
	bool good;

	sources.directories.system_root = options->system_root;
	sources.directories.place = PLACE_INITRD;
	if (!find_start(&finder, &sources))
		return STATUS_BAD;
	checker.purpose = PURPOSE_INITRAMFS;
	good = each(check_and_list_found);
	initramfs = finder.count;
	if (finder.in_directories) {
		good = check_names(options, PLACE_INITRD,
			       initramfs == 0 || finder.directories.fallen_back) &&
		       good;
		good = check_names(options, PLACE_PLAIN, false) && good;
	}

	sources.directories_only = true;
	sources.directories.place = PLACE_FINAL;
	if (!find_start(&finder, &sources))
		return STATUS_BAD;
	/* Those that the hand-over will find in the real root ... */
	checker.purpose = PURPOSE_HAND_OVER;
	good = each(check_found) && good;
	good = check_names(options, PLACE_FINAL, finder.count == 0) && good;

	/* ... and those that systemd will find there after it. */
	sources.directories.place = PLACE_PLAIN;
	if (finder.count > 0) {
		if (!find_start(&finder, &sources))
			return STATUS_BAD;
		good = each(warn_of_found) && good;
	}

	good = check_end(&checker) && good;
	if (!good)
		return STATUS_BAD;
	return initramfs > 0 ? STATUS_GOOD : STATUS_NONE;
}

int ipe_check(char **argv)
{
	struct options options;

	read_options(&options, argv);
	checker.findings.strict = options.strict;
	checker.table = options.table;
	checker.newer_kernel = options.newer_kernel;
	checker.list = options.list;
	return options.list ? list(&options) : check_files(&options);
}
