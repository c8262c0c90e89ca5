/*
 * ipe_status.c - the applet ipe-status
 *
 * Says what is loaded, active and enforced.
 *
 * SPDX-License-Identifier: MIT
 */
#include <errno.h>

#include "applets.h"
#include "kernel/ipe.h"
#include "load/load.h"
#include "options.h"
#include "say.h"

static const char *const usage =
	"usage: ipe-status [-q]\0"
	"Say what IPE policies are loaded, active and enforced.\n"
	"  -q  print errors only\n"
	"Exit status: 0 a policy is active and enforced, 1 not, 2 wrong usage, 3 no IPE.";

/* Says all lines, if they are asked for.  True when a policy is active and enforced, and no error
 * was said. */
static bool say_status(void)
{
	/* notes are not said with -q */
	const enum say_kind kind = say_quiet ? SAY_NOTE : SAY_RESULT;
	const char *what = "enforce";
	struct policy_version version;
	int result, active, enforcing, any_active = 0;
	bool any = false;

	result = enforcing = ipefs_enforcing();
	if (enforcing >= 0) {
		say(kind, "enforce  %s", enforcing ? "yes" : "no");
		what = "policies";
		while ((result = ipefs_next()) > 0) {
			active = result = ipefs_active(&ipefs_found.name);
			if (active >= 0)
				result = ipefs_version(&ipefs_found.name, &version);
			if (result == -ENOENT)
				continue; /* deleted since it was found */
			if (result)
				break;
			any = true;
			any_active |= active;
			say(kind, "%s   %pB %pV", active ? "active" : "loaded", &ipefs_found.name,
				&version);
		}
	}
	if (result)
		say_failure(what, result == -EACCES ? "only root can read it" : "cannot be read",
			result);
	else if (!any)
		say(kind, "loaded   none");
	return enforcing > 0 && any_active && !say_errors;
}

int ipe_status(char **argv)
{
	enum load_status status;

	options_read(argv, "q", usage);
	options_operands_only(argv);
	if (options_operands)
		options_wrong_word("unknown argument ", argv[1]);
	status = load_open();
	return status == LOAD_ACTIVE ? !say_status() : (int)status;
}
