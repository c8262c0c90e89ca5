/*
 * ipe_load.c - the applet ipe-load
 *
 * Loads and activates policies, then exits or executes the next init.
 *
 * SPDX-License-Identifier: MIT
 */

#include "applets.h"
#include "check.h"
#include "init.h"
#include "ipefs.h"
#include "load.h"
#include "options.h"
#include "say.h"
#include "seal.h"
#include "system.h"

#ifndef NEXT_INIT
#define NEXT_INIT "/sbin/init"
#endif
#ifdef SEAL_DM
#define HAND_OVER_SEALS_DM true
#else
#define HAND_OVER_SEALS_DM false
#endif

static const char *const usage =
	"usage: ipe-load [-dinqrsx] [-a NAME] [POLICY.p7b]... [-- INIT [ARG]...]";
static const char *const help =
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

/* What was asked for, by options or by the way that process 1 was started. */
struct task {
	struct load_request load;
	bool initramfs;
	bool dry;
	bool seal;
	bool seal_dm;
	const char *init; /* null: none */
	char **init_argv; /* its [0] is free */
};

/* Static, since the finder in it holds a path. */
static struct task task;
static struct cmdline cmdline;

static int dry_run(void)
{
	struct finder *finder = &task.load.finder;
	int found;

	if (task.initramfs)
		check_options |= CHECK_INITRAMFS;
	if (find_start(finder))
		return LOAD_FAILED;
	while ((found = find_next(finder))) {
		if (found > 0)
			check_policy(finder->name, finder->bytes);
	}
	if (finder->count)
		return check_end() ? LOAD_FAILED : LOAD_ACTIVE;
	say(task.load.required ? SAY_ERROR : SAY_NOTE,
		"no policy: none is given, embedded or in the directories");
	return task.load.required ? LOAD_FAILED : LOAD_NOTHING;
}

static int run(void)
{
	enum load_status status;

	if (task.dry)
		return dry_run();
	if (task.initramfs && cmdline.off) {
		say(SAY_NOTE, "rd.ipe=0: no policy is loaded");
		status = LOAD_NOTHING;
		task.seal = false;
	} else {
		status = load(&task.load);
	}
	if (!task.init || (status != LOAD_ACTIVE && status != LOAD_NOTHING))
		return (int)status;
	if (task.seal && !seal(task.seal_dm, task.load.hand_over))
		return LOAD_FAILED;
	/* A process that was waited for may have switched it off meanwhile. */
	if (task.load.hand_over && ipefs_enforcing() != 1) {
		say(SAY_ERROR, "enforce: IPE does not enforce any more");
		return LOAD_FAILED;
	}
	init_execute(task.init, task.init_argv);
	return LOAD_FAILED;
}

/* The command line of a person, a hook, or a script that is process 1. */
static int run_with_options(int argc, char **argv)
{
	struct options options = {
		.argc = argc, .argv = argv, .known = "a:dinqrsx", .usage = usage, .help = help};
	int option;

	while ((option = options_next(&options)) > 0) {
		switch (option) {
		case 'a':
			task.load.wanted = options.argument;
			break;
		case 'd':
			task.seal_dm = true;
			break;
		case 'i':
			task.initramfs = true;
			break;
		case 'n':
			task.dry = true;
			break;
		case 'q':
			say_quiet = true;
			break;
		case 'r':
			task.load.required = true;
			break;
		case 's':
			task.seal = true;
			break;
		case 'x':
			task.load.exclusive = true;
			break;
		}
	}
	if (option == OPTIONS_EXIT)
		return 0;
	if (option == OPTIONS_WRONG)
		return LOAD_USAGE;
	if (options.rest && !options.rest[0])
		option = options_wrong(&options, "no INIT behind --", "");
	else if (task.seal && !options.rest)
		option = options_wrong(&options, "-s needs an INIT behind --", "");
	else if (task.seal_dm && !task.seal)
		option = options_wrong(&options, "-d needs -s", "");
	if (option == OPTIONS_WRONG)
		return LOAD_USAGE;

	task.load.finder.files = argv + 1;
	if (task.initramfs) {
		task.load.finder.directories.place = PLACE_INITRD;
		if (!task.dry && !init_boot(0, true, &cmdline))
			return LOAD_FAILED;
		task.load.required |= cmdline.required;
		task.load.enforce = cmdline.enforce;
		/* rd.ipe.seal is for process 1, also when that is a script that became this. */
		task.seal |= cmdline.seal && options.rest && sys_getpid() == 1;
	}
	if (options.rest) {
		task.init = options.rest[0];
		task.init_argv = options.rest;
	}
	return run();
}

/* Started by the kernel: in the initramfs, or as the hand-over in the real root. */
static int run_as_init(char **argv)
{
	if (!init_boot(&task.initramfs, false, &cmdline))
		return LOAD_FAILED;
	task.init_argv = argv;
	if (task.initramfs) {
		task.load.finder.directories.place = PLACE_INITRD;
		task.load.required = cmdline.required;
		task.load.enforce = cmdline.enforce;
		task.seal = cmdline.seal;
		task.init = strcmp(argv[0], "/init") ? "/init" : "/sbin/init";
		if (cmdline.init[0])
			task.init = cmdline.init;
	} else {
		task.load.finder.directories.place = PLACE_FINAL;
		task.load.required = true;
		task.load.exclusive = true;
		task.load.hand_over = true;
		task.load.enforce = true;
		task.seal = true;
		task.seal_dm = HAND_OVER_SEALS_DM;
		task.init = NEXT_INIT;
	}
	return run();
}

int ipe_load(int argc, char **argv)
{
	int i;

	if (sys_getpid() == 1) {
		for (i = 1; i < argc && strcmp(argv[i], "--"); i++)
			;
		if (argc && i == argc)
			return run_as_init(argv);
	}
	return run_with_options(argc, argv);
}
