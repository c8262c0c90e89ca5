/*
 * ipe_check.c - the applet ipe-check
 *
 * Says before an image is built whether the kernel will take a policy, and whether the image will
 * boot with it.
 *
 * SPDX-License-Identifier: MIT
 */

#include "applets.h"
#include "check.h"
#include "find.h"
#include "kernfs.h"
#include "options.h"
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

static void check_files(char **files)
{
	static char *one[2];
	struct bytes content;
	bool good;

	finder.files = one;
	for (; *files; files++) {
		if (strcmp(*files, "-")) {
			one[0] = *files;
			good = !find_start(&finder) && find_next(&finder) > 0;
			content = finder.bytes;
		} else {
			good = !find_read(0, "-", &content);
		}
		if (good)
			check_policy(&check, *files, content);
		else
			check.errors++;
	}
}

/* What the initramfs takes: the embedded policies, or those of the directories, which are listed.
 * Returns how many there are. */
static size_t list_initramfs(void)
{
	struct directory_search *directories = &finder.directories;
	const char *name = directories->name;
	size_t length;
	int found;
	bool good;

	while ((found = find_next(&finder))) {
		if (found < 0) {
			check.errors++;
			continue;
		}
		good = check_policy(&check, finder.name, finder.bytes);
		if (embedded_count)
			continue;
		length = check.name.left;
		if (directories->fallen_back) {
			check_say(&check, 0, false,
				"systemd 257 and later loads this again in the real root and stops "
				"the boot: move it to ipe/initrd/");
			if (length &&
				(strlen(name) != length + 4 || memcmp(name, check.name.at, length)))
				check_say(&check, 0, false,
					"systemd 257 and later stops the boot: the file is not "
					"named after its policy");
		}
		if (strchr(finder.name, '\n'))
			check_say(&check, 0, true, "a path with a line feed cannot be listed");
		else if (good && !say_path(finder.name))
			check.errors++;
	}
	return finder.count;
}

/* What the hand-over will meet in the real root: the policies of a place.  Returns whether there
 * are any. */
static bool check_place(enum directory_place place)
{
	struct directory_search *directories = &finder.directories;
	struct bytes content;
	bool any = false;
	int fd;

	directories->place = place;
	directory_start(directories);
	while ((fd = directory_next(directories)) != -1) {
		any = true;
		check.file = directories->path;
		if (fd < 0 || (place == PLACE_FINAL && find_read(fd, check.file, &content)))
			check.errors++;
		else if (place == PLACE_FINAL)
			check_policy(&check, check.file, content);
		else
			check_say(&check, 0, false,
				"systemd 257 and later may not load this after the hand-over and "
				"stops the boot: move it to ipe/initrd/");
		kernfs_close(fd);
	}
	return any;
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
	if (!option) {
		if (!list == !options.operands)
			option = options_wrong(
				&options, list ? "-l takes no FILE" : "neither a FILE nor -l", "");
		else if (directories->root && !list)
			option = options_wrong(&options, "-R needs -l", "");
	}
	if (option)
		return option == OPTIONS_EXIT ? 0 : 2;

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
	directories->place = PLACE_INITRD;
	if (find_start(&finder))
		return 1;
	count = list_initramfs();
	check.options ^= CHECK_INITRAMFS | CHECK_FINAL;
	if (check_place(PLACE_FINAL))
		check_place(PLACE_PLAIN);
	if (check_end(&check))
		return 1;
	return count ? 0 : 3;
}
