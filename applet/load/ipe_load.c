/*
 * ipe_load.c - the applet ipe-load
 *
 * Loads and activates policies, then exits or executes the next init.
 *
 * SPDX-License-Identifier: MIT
 */
#define _GNU_SOURCE
#include <stddef.h>
#include <string.h>
#include <unistd.h>

#include "applets.h"
#include "check/check.h"
#include "command_line.h"
#include "hold/seal.h"
#include "load/init.h"
#include "load/load.h"
#include "load/parameters.h"
#include "load/try_root.h"
#include "say.h"

#ifndef NEXT_INIT
#define NEXT_INIT "/sbin/init"
#endif
#ifdef SEAL_DM
#define BUILT_TO_SEAL_DM true
#else
#define BUILT_TO_SEAL_DM false
#endif
#ifdef SEAL_EXEC
#define BUILT_TO_SEAL_EXEC true
#else
#define BUILT_TO_SEAL_EXEC false
#endif

static const char *const usage =
	"usage: ipe-load [-deinqrsx] [-a NAME] [POLICY.p7b]... [-- INIT [ARG]...]";
static const char *const help = "Load signed IPE policies and activate the last one.\n"
				"  -a NAME  activate NAME instead\n"
				"  -d       with -s: forbid new device-mapper tables\n"
				"  -e       with -s: interpreters run verified scripts only\n"
				"  -i       initramfs mode: obey rd.ipe parameters\n"
				"  -n       dry run: only check the policies\n"
				"  -q       print errors only\n"
				"  -r       required: no IPE, or no policy, is a failure\n"
				"  -s       seal: take CAP_MAC_ADMIN from INIT for good\n"
				"  -x       exclusive: delete the other policies\n"
				"Exit status: 0 active, 1 not, 2 wrong usage, 3 nothing to do.\n";

/* What the applet is to do. */
struct job {
	struct load_request load;
	bool initramfs;                   /* -i */
	bool dry_run;                     /* -n */
	bool off;                         /* rd.ipe=0 */
	bool seal;                        /* -s; IPE must enforce then: nobody can make it later */
	struct seal_options seal_options; /* -d, -e */
	const char *init;                 /* what to execute afterwards, or null */
	char **init_argv;                 /* its arguments; [0] is set when it is executed */
};

static int dry_run(const struct job *job)
{
	static struct finder finder;
	static struct checker checker;
	bool good = true;
	int found;

	checker.purpose = job->initramfs ? PURPOSE_INITRAMFS : PURPOSE_LOAD;
	if (!find_start(&finder, &job->load.sources))
		return LOAD_FAILED;
	while ((found = find_next(&finder)))
		if (found < 0 || !check_policy(&checker, finder.name, finder.content))
			good = false;
	if (finder.count == 0)
		return load_no_policy(job->load.required);
	good = check_end(&checker) && good;
	return good ? LOAD_GOOD : LOAD_FAILED;
}

static int load_seal_and_execute(const struct job *job)
{
	static struct loaded loaded;
	enum load_status status = load(&job->load, &loaded);

	if (!job->init || status == LOAD_FAILED)
		return status;
	if (job->seal && !seal(&job->seal_options))
		return LOAD_FAILED;
	/* A process that the seal has waited for may have changed something meanwhile. */
	if (job->seal && status == LOAD_GOOD && !load_still_holds(&loaded))
		return LOAD_FAILED;
	init_execute(job->init, job->init_argv);
	return LOAD_FAILED;
}

static int run(struct job *job)
{
	job->load.enforce |= job->seal;
	if (job->initramfs)
		job->load.sources.directories.place = PLACE_INITRD;
	if (job->dry_run)
		return dry_run(job);
	if (!job->off)
		return load_seal_and_execute(job);
	say(SAY_NOTE, "rd.ipe=0: no policy is loaded");
	if (!job->init)
		return LOAD_NOTHING;
	init_execute(job->init, job->init_argv);
	return LOAD_FAILED;
}

/* Adds what the kernel's parameters ask for.  False after an error was said. */
static bool obey_parameters(struct job *job, struct parameters *parameters)
{
	if (!parameters_read(parameters))
		return false;
	job->off = parameters->off;
	job->load.required |= parameters->required;
	job->load.enforce |= parameters->enforce;
	return true;
}

/* ---- started by a person, by a hook, or by a script that is process 1 ---- */

static void read_options(struct job *job, struct command_line *line)
{
	int letter;

	while ((letter = command_line_next(line))) {
		if (letter == 'a')
			job->load.activate = line->argument;
		else if (letter == 'd')
			job->seal_options.devicemapper = true;
		else if (letter == 'e')
			job->seal_options.scripts = true;
		else if (letter == 'i')
			job->initramfs = true;
		else if (letter == 'n')
			job->dry_run = true;
		else if (letter == 'q')
			say_errors_only();
		else if (letter == 'r')
			job->load.required = true;
		else if (letter == 's')
			job->seal = true;
		else
			job->load.exclusive = true;
	}
	job->load.sources.files = line->operands;
	job->init_argv = line->behind_dashes;
	if (job->init_argv)
		job->init = job->init_argv[0];
}

static void check_usage(const struct job *job, const struct command_line *line)
{
	if (line->behind_dashes && !job->init)
		command_line_wrong(line, "no INIT behind --");
	if (job->seal && !job->init)
		command_line_wrong(line, "-s needs an INIT behind --");
	if (job->seal_options.devicemapper && !job->seal)
		command_line_wrong(line, "-d needs -s");
	if (job->seal_options.scripts && !job->seal)
		command_line_wrong(line, "-e needs -s");
}

static int run_with_options(char **argv)
{
	static struct parameters parameters;
	struct command_line line = {.applet = "ipe-load",
		.letters = "a:deinqrsx",
		.usage = usage,
		.help = help,
		.argv = argv};
	struct job job = {0};

	read_options(&job, &line);
	check_usage(&job, &line);
	if (job.initramfs && !job.dry_run) {
		if (!obey_parameters(&job, &parameters))
			return LOAD_FAILED;
		/* It is for process 1, also when that is a script that becomes ipe-load. */
		if (job.init && getpid() == 1)
			job.seal |= parameters.seal;
		else if (parameters.seal)
			say(SAY_NOTE, "rd.ipe.seal: not sealed: this is not process 1");
	}
	return run(&job);
}

/* ---- started by the kernel ---- */

/* In the initramfs: then INIT is the one that would have been started. */
static int run_in_initramfs(char **argv)
{
	static struct parameters parameters;
	struct job job = {.initramfs = true, .init_argv = argv};

	if (!obey_parameters(&job, &parameters))
		return LOAD_FAILED;
	job.seal = parameters.seal;
	job.init = strcmp(argv[0], "/init") ? "/init" : "/sbin/init";
	if (*parameters.init)
		job.init = parameters.init;
	return run(&job);
}

/* In the real root: the hand-over. */
static int run_hand_over(char **argv)
{
	struct file_identity self;
	struct job job = {
		.load = {.required = true,
			.exclusive = true,
			.hand_over = true,
			.sources.directories = {.place = PLACE_FINAL, .home = &self}},
		.seal = true,
		.seal_options = {BUILT_TO_SEAL_DM, BUILT_TO_SEAL_EXEC},
		.init = NEXT_INIT,
		.init_argv = argv,
	};
	int error = identity_of_self(&self);

	if (error) {
		fail_errno(error, "/proc/self/exe: cannot be examined");
		return LOAD_FAILED;
	}
	return run(&job);
}

static int run_as_init(char **argv)
{
	int in_initramfs = init_is_in_initramfs();

	if (in_initramfs < 0)
		return LOAD_FAILED;
	return in_initramfs ? run_in_initramfs(argv) : run_hand_over(argv);
}

/* The kernel never passes a bare "--": then a script that is process 1 has executed this. */
static bool has_bare_dashes(char **argv)
{
	for (argv++; *argv; argv++)
		if (!strcmp(*argv, "--"))
			return true;
	return false;
}

int ipe_load(char **argv)
{
	if (getpid() == 1 && !has_bare_dashes(argv))
		return run_as_init(argv);
	/* For the hooks alone: see ipe-load-initramfs(7). */
	if (argv[1] && !strcmp(argv[1], TRY_ROOT))
		return !argv[2] || try_root(argv[2], argv[3]) ? 0 : 1;
	return run_with_options(argv);
}
