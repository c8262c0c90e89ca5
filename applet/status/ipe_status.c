/*
 * ipe_status.c - the applet ipe-status
 *
 * Says what is loaded, active and enforced.
 *
 * SPDX-License-Identifier: MIT
 */
#include <errno.h>

#include "applets.h"
#include "command_line.h"
#include "kernel/ipe.h"
#include "load/open_ipe.h"
#include "say.h"

static const char usage[] = "usage: ipe-status [-q]";
static const char help[] = "Say what IPE policies are loaded, active and enforced.\n"
			   "  -q  print errors only\n"
			   "Exit status: 0 active and enforced, 1 not, 2 wrong usage, 3 no IPE.\n";

static bool fail_to_read(const char *what, int error)
{
	if (error == -EACCES)
		return fail_errno(error, "%s: only root can read it", what);
	return fail_errno(error, "%s: cannot be read", what);
}

/* Prints a line for the policy.  1 when it is active, 0, or -errno; ENOENT: it has been deleted
 * since it was listed. */
static int print_policy(const char *name, bool quiet)
{
	struct policy_version version;
	int active = ipe_is_active(name);
	int error = active < 0 ? active : ipe_read_version(name, &version);

	if (error)
		return error;
	if (!quiet)
		say(SAY_RESULT, "%s   %s %pV", active ? "active" : "loaded", name, &version);
	return active;
}

/* Prints a line for each policy.  1 when one is active, 0, or -errno. */
static int print_policies(bool quiet)
{
	static struct directory policies;
	bool any = false, any_active = false;
	const char *name;
	int found, active, error = ipe_open_policies(&policies);

	if (error)
		return error;
	while ((found = ipe_next_policy(&policies, &name)) > 0) {
		active = print_policy(name, quiet);
		if (active == -ENOENT)
			continue;
		if (active < 0) {
			found = active;
			break;
		}
		any = true;
		any_active |= active;
	}
	directory_close(&policies);
	if (found < 0)
		return found;
	if (!any && !quiet)
		say(SAY_RESULT, "loaded   none");
	return any_active;
}

/* Prints all lines, if they are asked for.  True when a policy is active and enforced. */
static bool print_status(bool quiet)
{
	int enforcing, active;

	enforcing = ipe_is_enforcing();
	if (enforcing < 0)
		return fail_to_read("enforce", enforcing);
	if (!quiet)
		say(SAY_RESULT, "enforce  %s", enforcing ? "yes" : "no");
	active = print_policies(quiet);
	if (active < 0)
		return fail_to_read("policies", active);
	return enforcing && active && say_all_results_written();
}

int ipe_status(char **argv)
{
	struct command_line line = {
		.applet = "ipe-status", .letters = "q", .usage = usage, .help = help, .argv = argv};
	enum load_status status;
	bool quiet = false;

	while (command_line_next(&line) == 'q')
		quiet = true;
	command_line_join(&line);
	if (line.operands[0])
		command_line_wrong_word(&line, "unknown argument ", line.operands[0]);
	if (quiet)
		say_errors_only();
	status = open_ipe(false);
	if (status != LOAD_GOOD)
		return status;
	return print_status(quiet) ? 0 : 1;
}
