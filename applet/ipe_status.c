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

static const char *const usage = "usage: ipe-status [-q]";
static const char *const help =
	"Say what IPE policies are loaded, active and enforced.\n"
	"  -q  print errors only\n"
	"Exit status: 0 a policy is active and enforced, 1 not, 2 wrong usage, 3 no IPE.";

/* Says all lines, if they are asked for.  1 when a policy is active and enforced, 0 when not or an
 * error was said. */
static int say_status(void)
{
	static struct ipefs_walk walk;
	struct policy_version version;
	int result, active, enforcing, any_active = 0;
	const char *what = "enforce";
	bool any = false, said;

	result = enforcing = ipefs_enforcing();
	if (enforcing < 0)
		goto unreadable;
	said = say_quiet || say(SAY_RESULT, "enforce  %s", enforcing ? "yes" : "no");
	what = "policies";
	while ((result = ipefs_next(&walk)) > 0) {
		active = result = ipefs_active(walk.name);
		if (active >= 0)
			result = ipefs_version(walk.name, &version);
		if (result == -ENOENT)
			continue; /* deleted since it was found */
		if (result)
			goto unreadable;
		any = true;
		any_active |= active;
		said &= say_quiet || say(SAY_RESULT, "%s   %pB %pV", active ? "active" : "loaded",
					     &walk.name, &version);
	}
	if (result)
		goto unreadable;
	if (!any && !say_quiet)
		said &= say(SAY_RESULT, "loaded   none");
	return said & enforcing & any_active;

unreadable:
	say_failure(what, result == -EACCES ? "only root can read it" : "cannot be read", result);
	return 0;
}

int ipe_status(int argc, char **argv)
{
	struct options options = {
		.argc = argc, .argv = argv, .known = "q", .usage = usage, .help = help};
	const char *lsm = 0;
	int option, error;

	while ((option = options_next(&options)) > 0)
		say_quiet = true;
	if (!option && options.operands)
		option = options_wrong(&options, "unknown argument ", argv[1]);
	if (option)
		return option == OPTIONS_EXIT ? 0 : 2;

	error = ipefs_open(&lsm);
	if (error)
		return (int)load_no_ipe(false, error, lsm);
	return !say_status();
}
