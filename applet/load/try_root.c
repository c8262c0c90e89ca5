/*
 * try_root.c - whether ipe-load runs as the real root's init
 *
 * SPDX-License-Identifier: MIT
 */
#define _GNU_SOURCE
#include "load/try_root.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/limits.h>
#include <signal.h>
#include <string.h>
#include <sys/time.h>
#include <unistd.h>

#include "kernel/identity.h"
#include "kernel/proc.h"
#include "kernel/signal.h"
#include "policy/bytes.h"
#include "say.h"

/* After so long SIGALRM ends the program.  It takes milliseconds, a slow disk seconds. */
static const struct itimerval limit = {.it_value.tv_sec = 10};

/* As many links as the kernel follows on one path (MAXSYMLINKS, include/linux/namei.h). */
#define LINKS_MAX 40

static bool is_quotation_mark(int byte)
{
	return byte == '"' || byte == '\'';
}

/* Takes a quotation mark off each end, as far as there is one. */
static void unquote(struct bytes *word)
{
	struct bytes rest = *word;

	if (is_quotation_mark(bytes_get(&rest)))
		*word = rest;
	rest = *word;
	if (is_quotation_mark(bytes_get_last(&rest)))
		*word = rest;
}

/* Sets init to the value of the last init= on the kernel's command line, or to "" when there is
 * none. systemd looks for it among all words, also behind "--" (proc_cmdline_get_key,
 * src/basic/proc-cmdline.c).  0 or -errno. */
static int read_init_parameter(char init[PATH_MAX])
{
	struct bytes text, word;
	bool more = true;
	int error = proc_read("cmdline", &text);

	if (error)
		return error;
	*init = '\0';
	while (more) {
		more = bytes_until(&text, &word, " \n");
		unquote(&word);
		if (!bytes_skip(&word, "init="))
			continue;
		unquote(&word);
		if (word.left >= PATH_MAX)
			return -ENAMETOOLONG;
		memcpy(init, word.at, word.left);
		init[word.left] = '\0';
	}
	return 0;
}

/* What stands behind the last slash. */
static const char *last_component(const char *path)
{
	const char *component = path;

	for (; *path; path++)
		if (*path == '/')
			component = path + 1;
	return component;
}

/* Replaces path, of size PATH_MAX, by what the link there leads to.  False when there is none. */
static bool follow_link(char *path)
{
	static char target[PATH_MAX];
	/* A relative one begins where the link is. */
	size_t kept = (size_t)(last_component(path) - path);
	ssize_t length = readlink(path, target, sizeof(target));

	if (length <= 0)
		return false;
	if (*target == '/')
		kept = 0;
	if (kept + (size_t)length >= PATH_MAX)
		return false;
	memcpy(path + kept, target, (size_t)length);
	path[kept + (size_t)length] = '\0';
	return true;
}

/* Is it the real root's ipe-load, by another name? */
static bool is_ipe_load(const char *init)
{
	struct file_identity is, ipe_load;

	return !identity_of(AT_FDCWD, init, &is) &&
	       !identity_of(AT_FDCWD, "/usr/sbin/ipe-load", &ipe_load) &&
	       identity_same_file(&is, &ipe_load);
}

/* Does the path name ipe-load?  A link that leads to a file that is missing does so too. */
static bool names_ipe_load(const char *init)
{
	static char path[PATH_MAX];
	size_t length = strlen(init);
	unsigned links = 0;

	if (length >= sizeof(path))
		return false;
	memcpy(path, init, length + 1);
	while (length > 1 && path[length - 1] == '/')
		path[--length] = 0;
	do
		if (!strcmp(last_component(path), "ipe-load"))
			return true;
	while (links++ < LINKS_MAX && follow_link(path));
	return is_ipe_load(init);
}

/* Executes it.  Only returns after an error was said: false. */
static bool execute(const char *init)
{
	static const struct signal_action end_the_program = {.handler = SIG_DFL};
	char *const arguments[] = {(char *)init, TRY_ROOT, NULL}, *const environment[] = {NULL};

	/* Whoever started this may have it ignored. */
	signal_set(SIGALRM, &end_the_program, NULL);
	setitimer(ITIMER_REAL, &limit, NULL);
	execve(init, arguments, environment);
	if (errno == ENOENT)
		return fail("init=%s: the real root has no such program", init);
	if (errno == EACCES)
		return fail("init=%s: cannot be executed: permission denied (or denied by the "
			    "active policy)",
			init);
	return fail_errno(errno, "init=%s: cannot be executed", init);
}

bool try_root(const char *root, const char *init)
{
	static char parameter[PATH_MAX];
	int error = read_init_parameter(parameter);

	if (error)
		return fail_errno(error, "/proc/cmdline: cannot be read");
	if (!init)
		init = parameter;
	if (chroot(root) || chdir("/"))
		return fail_errno(errno, "%s: cannot be made the root directory", root);
	if (names_ipe_load(init))
		return execute(init);
	/* The tool may read the command line otherwise than the kernel does, quotes for example. */
	if (names_ipe_load(parameter))
		return fail("init=%s: the initramfs would execute %s", parameter, init);
	return true;
}
