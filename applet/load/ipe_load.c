/*
 * ipe_load.c - the applet ipe-load
 *
 * Loads and activates policies, then exits or executes the next init.
 *
 * SPDX-License-Identifier: MIT
 */

#include "applets.h"
#include "check/check.h"
#include "hold/seal.h"
#include "kernel/kernfs.h"
#include "kernel/system.h"
#include "load/init.h"
#include "load/load.h"
#include "load/parameters.h"
#include "say.h"

#ifndef NEXT_INIT
#define NEXT_INIT "/sbin/init"
#endif
#ifdef SEAL_DM
#define HAND_OVER_SEALS_DM LOAD_SEAL_DM
#else
#define HAND_OVER_SEALS_DM 0
#endif

static const char *const usage =
	"usage: ipe-load [-dinqrsx] [-a NAME] [POLICY.p7b]... [-- INIT [ARG]...]\0"
	"Load signed IPE policies and activate the last one.\n"
	"  -a NAME  activate NAME instead\n"
	"  -d       with -s: nobody can load a device-mapper table any more\n"
	"  -i       initramfs mode: obey the rd.ipe kernel parameters\n"
	"  -n       dry run: check the policies, change nothing\n"
	"  -q       print errors only\n"
	"  -r       required: no IPE, or no policy, is a failure\n"
	"  -s       seal: take CAP_MAC_ADMIN from INIT for good\n"
	"  -x       exclusive: delete every other loaded policy\n"
	"Exit status: 0 active, 1 not, 2 wrong usage, 3 nothing to do.";

static int dry_run(void)
{
	if (find_start(&load_finder))
		return LOAD_FAILED;
	check_options |= CHECK_ALL;
	for (int found; (found = find_next(&load_finder));)
		if (found > 0)
			check_policy(load_finder.name, load_finder.bytes);
	if (load_finder.count)
		return check_end() ? LOAD_FAILED : LOAD_ACTIVE;
	return load_no_policy();
}

/* init, if any, is what to execute, with these arguments, of which [0] is free. */
static int run(const char *init, char **arguments)
{
	enum load_status status;

	if (options_given & LOAD_INITRAMFS) {
		load_finder.directories.place = PLACE_INITRD;
		check_options |= CHECK_INITRAMFS;
	}
	if (options_given & LOAD_DRY)
		return dry_run();
	if (options_given & LOAD_OFF) {
		say(SAY_NOTE, "rd.ipe=0: no policy is loaded");
		status = LOAD_NOTHING;
		/* nor is anything sealed */
		options_given = 0;
	} else {
		status = load();
	}
	if (!init || (status != LOAD_ACTIVE && status != LOAD_NOTHING))
		return (int)status;
	if (options_given & LOAD_SEAL && !seal())
		return LOAD_FAILED;
	/* A process that was waited for may have changed it meanwhile. */
	if (options_given & LOAD_SEAL && status == LOAD_ACTIVE && !load_holds())
		return LOAD_FAILED;
	init_execute(init, arguments);
	return LOAD_FAILED;
}

/* The command line of a person, a hook, or a script that is process 1. */
static int run_with_options(char **argv, bool first)
{
	const char *init = 0;
	unsigned set;

	options_read(argv, "a:dinqrsx", usage);
	if (options_rest) {
		init = *options_rest;
		if (!init)
			options_wrong("no INIT behind --");
	} else if (options_given & LOAD_SEAL) {
		options_wrong("-s needs an INIT behind --");
	}
	if (options_given & LOAD_SEAL_DM && !(options_given & LOAD_SEAL))
		options_wrong("-d needs -s");

	load_finder.files = argv + 1;
	if ((options_given & (LOAD_INITRAMFS | LOAD_DRY)) == LOAD_INITRAMFS) {
		if (!init_boot())
			return LOAD_FAILED;
		set = cmdline_set;
		/* rd.ipe.seal is for process 1, also when that is a script that became this. */
		if (!first || !init)
			set &= ~(unsigned)LOAD_SEAL;
		options_given |= set;
	}
	return run(init, options_rest);
}

/* Started by the kernel: in the initramfs, or as the hand-over in the real root. */
static int run_as_init(char **argv)
{
	const char *init = NEXT_INIT;

	if (!init_boot())
		return LOAD_FAILED;
	if (options_given & LOAD_INITRAMFS) {
		options_given |= cmdline_set;
		init = strcmp(argv[0], "/init") ? "/init" : "/sbin/init";
		if (*cmdline_init)
			init = cmdline_init;
	} else {
		load_finder.directories.place = PLACE_FINAL;
		options_given = LOAD_REQUIRED | LOAD_EXCLUSIVE | LOAD_HAND_OVER | LOAD_ENFORCE |
				LOAD_SEAL | HAND_OVER_SEALS_DM;
	}
	return run(init, argv);
}

int ipe_load(char **argv)
{
	bool first = sys_getpid() == 1;
	char **word;

	kernfs_own = first;
	if (first) {
		for (word = argv + 1; *word && strcmp(*word, "--"); word++)
			;
		if (!*word)
			return run_as_init(argv);
	}
	return run_with_options(argv, first);
}
