/*
 * ipe_status.c - the applet ipe-status
 *
 * Says what is loaded, active and enforced.
 *
 * SPDX-License-Identifier: MIT
 */
#include <errno.h>

#include "applets.h"
#include "ipefs.h"
#include "load.h"
#include "options.h"
#include "say.h"

static const char usage[] = "usage: ipe-status [-q]";
static const char help[] =
	"Say what IPE policies are loaded, active and enforced.\n"
	"  -q  print errors only\n"
	"Exit status: 0 a policy is active and enforced, 1 not, 2 wrong usage, 3 no IPE.";

static void say_unreadable(const char *what, int error)
{
	if (error == EACCES || error == EPERM)
		say(SAY_ERROR, "%s: only root can read it", what);
	else
		say_failure(what, "cannot be read", error);
}

/* Says a line, unless they were not asked for.  The name is padded to width. */
static bool say_policy(
	struct bytes name, const struct policy_version *version, bool active, size_t width)
{
	say_begin(SAY_RESULT);
	say_add(active ? "active   %pB" : "loaded   %pB", &name);
	for (; width > name.left; width--)
		say_add(" ");
	say_add("  %pV", version);
	return say_end();
}

/* Says all lines.  1 when a policy is active and enforced, 0 when not, -1 after an error was
 * said. */
static int say_status(int ipefs)
{
	struct ipefs_walk walk = {0};
	struct policy_version version;
	int found, active, enforcing, any_active = 0;
	size_t width = 0;

	enforcing = ipefs_enforcing(ipefs);
	if (enforcing < 0) {
		say_unreadable("enforce", -enforcing);
		return -1;
	}
	if (!say_quiet && !say(SAY_RESULT, "enforce  %s", enforcing ? "yes" : "no"))
		goto broken;
	while ((found = ipefs_next(ipefs, &walk)) > 0)
		if (walk.name.left > width)
			width = walk.name.left;
	if (!found && !width && !say_quiet && !say(SAY_RESULT, "policy   none"))
		goto broken;
	while (!found && (found = ipefs_next(ipefs, &walk)) > 0) {
		active = ipefs_active(ipefs, walk.name);
		found = active < 0 ? active : ipefs_version(ipefs, walk.name, &version);
		/* it may have been deleted since it was found */
		if (found == -ENOENT)
			found = 0;
		else if (!found) {
			any_active |= active;
			if (!say_quiet && !say_policy(walk.name, &version, active, width))
				goto broken;
		}
	}
	if (found < 0) {
		say_unreadable("policies", -found);
		return -1;
	}
	return enforcing && any_active;

broken:
	say(SAY_ERROR, "standard output: cannot be written");
	return -1;
}

int ipe_status(int argc, char **argv)
{
	struct options options = {
		.argc = argc, .argv = argv, .known = "q", .usage = usage, .help = help};
	const char *lsm = 0;
	int option, ipefs;

	while ((option = options_next(&options)) > 0)
		say_quiet = true;
	if (!option && options.operands)
		option = options_wrong(&options, "unknown argument ", argv[1]);
	if (option)
		return option == OPTIONS_EXIT ? 0 : 2;

	ipefs = ipefs_open(&lsm);
	if (ipefs < 0)
		return (int)load_no_ipe(false, -ipefs, lsm);
	return say_status(ipefs) > 0 ? 0 : 1;
}
