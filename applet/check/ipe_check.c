/*
 * ipe_check.c - the applet ipe-check
 *
 * Says before an image is built whether the kernel will take a policy, and whether the image will
 * boot with it.
 *
 * SPDX-License-Identifier: MIT
 */

#include "applets.h"
#include "check/check.h"
#include "find/find.h"
#include "options.h"
#include "say.h"

static const char *const usage =
	"usage: ipe-check [-lqvW] [-R DIR] [FILE]...\0"
	"Check IPE policies, plain or signed; - is standard input.\n"
	"  -l      check and list the policies that belong into an initramfs\n"
	"  -q      print errors only\n"
	"  -v      also print what each policy decides\n"
	"  -W      warnings count as errors\n"
	"  -R DIR  with -l: the system root\n"
	"Exit status: 0 good, 1 bad, 2 wrong usage, 3 (-l) none.";

/* Static, since the finder holds a path. */
static struct finder finder;

/* Lists a policy that belongs into an initramfs, found in the directories. */
static void list(const struct finder *at, bool good)
{
	const struct directory_search *directories = &at->directories;
	struct bytes name = bytes_of(directories->name);

	if (directories->fallen_back) {
		say(SAY_WARNING,
			"systemd 257 and later loads this again in the real root and stops "
			"the boot: move it to ipe/initrd/");
		name.left -= strlen(".p7b"); /* that is behind all that are found */
		if (check_reader.name.left && !bytes_equal(name, check_reader.name))
			say(SAY_WARNING, "systemd 257 and later stops the boot: the file is not "
					 "named after its policy");
	}
	if (memchr(at->name, '\n', strlen(at->name)))
		say(SAY_FINDING, "a path with a line feed cannot be listed");
	else if (good)
		say_path(at->name);
}

/* Checks what the finder finds: the files named, or what is in one place.  Returns how many there
 * are. */
static size_t check_place(enum directory_place place)
{
	struct finder *at = &finder;
	int found;
	bool good;

	at->directories.place = place;
	find_start(at);
	while ((found = find_next(at))) {
		if (found < 0)
			continue;
		if (place == PLACE_PLAIN) {
			say_place.file = at->name;
			say(SAY_WARNING,
				"systemd 257 and later may not load this after the hand-over and "
				"stops the boot: move it to ipe/initrd/");
			continue;
		}
		good = check_policy(at->name, at->bytes);
		if (place == PLACE_INITRD && at->name == at->directories.path)
			list(at, good);
	}
	return at->count;
}

int ipe_check(char **argv)
{
	struct finder *at = &finder;
	const char *root;
	bool listing;
	size_t count;

	options_read(argv, "lqvWR:", usage);
	options_operands_only(argv);
	root = options_argument;
	listing = options_given & OPTION('l');
	if (!listing == !options_operands)
		options_wrong(listing ? "-l takes no FILE" : "neither a FILE nor -l");
	if (root && !listing)
		options_wrong("-R needs -l");
	if (root && !*root)
		options_wrong("-R needs a directory");
	if (listing)
		check_options |= CHECK_LIST | CHECK_INITRAMFS;
	if (options_given & OPTION('v'))
		check_options |= CHECK_TABLE;
	say_strict = options_given & OPTION('W');

	at->directories.root = root;
	at->files = argv + 1;
	at->standard_input = true;
	if (find_start(at))
		return 1;
	/* That the initramfs finds none is said by the status. */
	count = check_place(PLACE_INITRD);
	if (listing) {
		/* What the hand-over, and then systemd, will meet in the real root. */
		check_options ^= CHECK_INITRAMFS | CHECK_FINAL;
		at->directories_only = true;
		if (check_place(PLACE_FINAL))
			check_place(PLACE_PLAIN);
	}
	if (check_end())
		return 1;
	return count ? 0 : 3;
}
