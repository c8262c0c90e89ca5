/*
 * ipe_status.c - the applet ipe-status
 *
 * Says what is loaded, active and enforced, what was denied, and which ways around it are open.
 *
 * SPDX-License-Identifier: MIT
 */
#include <errno.h>
#include <string.h>

#include "applets.h"
#include "command_line.h"
#include "kernel/ipe.h"
#include "load/open_ipe.h"
#include "say.h"
#include "status/denials.h"
#include "status/ways.h"

/* The ipe-status inside ipe-load, which images carry, says no more than the state: see the
 * Makefile. */
#ifdef STATE_ONLY
enum { HAS_ALL = false };
static const char letters[] = "q";
static const char *const usage = "usage: ipe-status [-q]";
static const char *const help =
	"Say what IPE policies are loaded, active and enforced.\n"
	"  -q  print errors only\n"
	"Exit status: 0 active and enforced, 1 not, 2 wrong usage, 3 no IPE.\n";
#else
enum { HAS_ALL = true };
static const char letters[] = "dqvW";
static const char *const usage = "usage: ipe-status [-qvW] | -d [FILE]";
static const char *const help = "Say what IPE policies are loaded, active and enforced.\n"
				"  -d  instead, what was denied: from FILE, or the kernel's log\n"
				"  -q  print errors only\n"
				"  -v  also which ways around the policy are open\n"
				"  -W  with -v: an open way is status 1\n"
				"Exit status: 0 active and enforced (-d: nothing denied), 1 not,\n"
				"2 wrong usage, 3 no IPE.\n";
#endif

struct options {
	bool denials;     /* -d */
	bool quiet;       /* -q */
	bool ways;        /* -v */
	bool open_is_bad; /* -W */
	const char *file; /* with -d: or null */
};

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

/* Prints what IPE does here.  0 when a policy is active and enforced, 1 when not, 3 without IPE. */
static int state(const struct options *options)
{
	enum load_status status = open_ipe(false);
	bool good;

	if (status != LOAD_GOOD)
		return status;
	good = print_status(options->quiet);
	if (HAS_ALL && options->ways) {
		if (ways_print() == WAY_OPEN && options->open_is_bad)
			good = false;
		if (!say_all_results_written())
			good = false;
	}
	return good ? 0 : 1;
}

/* Takes FILE, and does not return from options that do not go together. */
static void check_options(struct options *options, struct command_line *line)
{
	if (options->denials && options->ways)
		command_line_wrong(line, "-d and -v exclude each other");
	if (options->open_is_bad && !options->ways)
		command_line_wrong(line, "-W needs -v");
	if (options->denials && line->operands[0]) {
		options->file = line->operands[0];
		line->operands++;
	}
}

/* Does not return from wrong usage.  -q is obeyed here. */
static void read_options(struct options *options, char **argv)
{
	struct command_line line = {.applet = "ipe-status",
		.letters = letters,
		.usage = usage,
		.help = help,
		.argv = argv};
	int letter;

	memset(options, 0, sizeof(*options));
	while ((letter = command_line_next(&line))) {
		if (!HAS_ALL || letter == 'q')
			options->quiet = true;
		else if (letter == 'd')
			options->denials = true;
		else if (letter == 'v')
			options->ways = true;
		else
			options->open_is_bad = true;
	}
	command_line_join(&line);
	if (HAS_ALL)
		check_options(options, &line);
	if (line.operands[0])
		command_line_wrong_word(&line, "unknown argument ", line.operands[0]);
	if (options->quiet)
		say_errors_only();
}

int ipe_status(char **argv)
{
	struct options options;

	read_options(&options, argv);
	if (HAS_ALL && options.denials)
		return denials_print(options.file);
	return state(&options);
}
