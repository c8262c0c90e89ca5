/*
 * ipe_check.c - the applet ipe-check
 *
 * Says before an image is built whether the kernel will take a policy, and whether the image will
 * boot with it.
 *
 * SPDX-License-Identifier: MIT
 */
#include <errno.h>
#include <unistd.h>

#include "applets.h"
#include "check.h"
#include "find.h"
#include "options.h"
#include "pkcs7.h"
#include "say.h"

static const char usage[] = "usage: ipe-check [-lqvW] [-R DIR] [FILE]...";
static const char help[] = "Check IPE policies, plain or signed; - is standard input.\n"
			   "  -l      check and list the policies that belong into an initramfs\n"
			   "  -q      print errors only\n"
			   "  -v      also print what each policy decides\n"
			   "  -W      warnings count as errors\n"
			   "  -R DIR  with -l: the system root\n"
			   "Exit status: 0 good, 1 bad, 2 wrong usage, 3 (-l) none.";

/* Static, since the finder holds a path. */
static struct finder finder;
static struct check check;

/* Reads standard input, which may be a pipe, up to PKCS7_MAX bytes and one. */
static bool read_input(struct bytes *content)
{
	static unsigned char buffer[PKCS7_MAX + 1];
	size_t have = 0;
	ssize_t got;

	while (have < sizeof(buffer)) {
		got = read(STDIN_FILENO, buffer + have, sizeof(buffer) - have);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0) {
			say_failure("standard input", "cannot be read", errno);
			return false;
		}
		if (!got)
			break;
		have += (size_t)got;
	}
	*content = (struct bytes){buffer, have};
	return true;
}

/* Checks a policy; one that lies in a directory ipe/ also for its file's name. */
static bool check_named(const char *file, struct bytes content)
{
	bool good = check_policy(&check, file, content);
	const char *base = strrchr(file, '/');
	struct bytes name;

	if (!base || base - file < 3 || memcmp(base - 3, "ipe", 3) ||
		(base - file > 3 && base[-4] != '/') || !check.name.left)
		return good;
	name = bytes_of(base + 1);
	if (name.left == check.name.left + 4 && !memcmp(name.at, check.name.at, check.name.left))
		return good;
	check_warn(&check, "not named after its policy: systemd 257 and later stops the boot");
	return good;
}

static void check_files(char **files)
{
	char *one[2] = {0};
	struct bytes content;

	for (; *files; files++) {
		if (!strcmp(*files, "-")) {
			if (read_input(&content))
				check_policy(&check, "-", content);
			else
				check.errors++;
			continue;
		}
		one[0] = *files;
		finder.files = one;
		if (!find_start(&finder) && find_next(&finder) > 0)
			check_named(finder.name, finder.bytes);
		else
			check.errors++;
	}
}

/* What the initramfs takes: the embedded policies, or those of the directories, which are listed.
 * Returns how many there are. */
static size_t list_initramfs(void)
{
	struct directory_search *directories = &finder.directories;
	int found;
	bool good;

	directories->place = PLACE_INITRD;
	if (find_start(&finder)) {
		check.errors++;
		return 1;
	}
	while ((found = find_next(&finder))) {
		if (found < 0) {
			check.errors++;
			continue;
		}
		good = check_named(finder.name, finder.bytes);
		if (embedded_count)
			continue;
		if (directories->fallen_back)
			check_warn(&check,
				"systemd 257 and later loads this again in the real root and stops "
				"the boot: move it to ipe/initrd/");
		if (strchr(finder.name, '\n')) {
			check_error(&check, "a line feed in a path cannot be listed");
			continue;
		}
		if (good && !say_path(finder.name)) {
			say(SAY_ERROR, "standard output: cannot be written");
			check.errors++;
		}
	}
	return finder.count;
}

/* What the hand-over will meet in the real root. */
static void check_final(void)
{
	struct directory_search *directories = &finder.directories;
	struct bytes content;
	bool any = false;
	int fd;

	directories->place = PLACE_FINAL;
	directory_start(directories);
	while ((fd = directory_next(directories)) != -1) {
		any = true;
		if (fd >= 0 && !find_read(fd, directories->path, &content))
			check_policy(&check, directories->path, content);
		else
			check.errors++;
		if (fd >= 0)
			close(fd);
	}
	if (!any)
		return;
	directories->place = PLACE_PLAIN;
	directory_start(directories);
	while ((fd = directory_next(directories)) >= 0) {
		close(fd);
		check.file = directories->path;
		check_warn(&check, "systemd 257 and later may not load this after the hand-over "
				   "and stops the boot: move it to ipe/initrd/");
	}
}

int ipe_check(int argc, char **argv)
{
	struct options options = {
		.argc = argc, .argv = argv, .known = "lqvWR:", .usage = usage, .help = help};
	struct directory_search *directories = &finder.directories;
	size_t length, count = 1;
	bool list = false;
	int option;

	while ((option = options_next(&options)) > 0) {
		switch (option) {
		case 'l':
			list = true;
			break;
		case 'q':
			say_quiet = true;
			check.options |= CHECK_QUIET;
			break;
		case 'v':
			check.options |= CHECK_TABLE;
			break;
		case 'W':
			check.options |= CHECK_STRICT;
			break;
		case 'R':
			directories->root = options.argument;
			break;
		}
	}
	if (option == OPTIONS_EXIT)
		return 0;
	if (option == OPTIONS_WRONG)
		return 2;
	if (!list == !options.operands) {
		options_wrong(&options, list ? "-l takes no FILE" : "neither a FILE nor -l", "");
		return 2;
	}
	if (directories->root && !list) {
		options_wrong(&options, "-R needs -l", "");
		return 2;
	}

	if (!list) {
		check_files(argv + 1);
		return check_end(&check);
	}
	if (directories->root) {
		length = strlen(directories->root);
		while (length && directories->root[length - 1] == '/')
			((char *)directories->root)[--length] = 0;
		if (!length)
			directories->root = 0;
	}
	check.options |= CHECK_LIST | CHECK_INITRAMFS;
	count = list_initramfs();
	check.options ^= CHECK_INITRAMFS | CHECK_FINAL;
	check_final();
	if (check_end(&check))
		return 1;
	return count ? 0 : 3;
}
