/*
 * whole.c - many files, good and bad, through the whole loader
 *
 * Usage: whole FILE...
 *
 * Runs in the guest, on a kernel with IPE and no policy yet, with securityfs where it customarily
 * is.  First the kernel alone says of each file what it thinks of it, by a write to new_policy.
 * Then, those that it refuses first, the others by rising version, each goes through ipe-load, with
 * hello as INIT: as an argument, and as the one policy in /etc/ipe.  What must hold is in judge().
 *
 * Prints "FILE ERRNO STATUS" for each: the kernel's word, 0 if it takes the file, and ipe-load's
 * status; behind that, "same" if another text of that name and version is active already, or what
 * is wrong.  Status 1 if anything is.
 *
 * SPDX-License-Identifier: MIT
 */
#include <dirent.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "files.h"

#define IPE "/sys/kernel/security/ipe/"
#define LOADER "/usr/sbin/ipe-load"
#define IN_DIRECTORY "/etc/ipe/a.p7b"

struct file {
	const char *path;
	int error;        /* what the kernel says */
	char name[256];   /* of the policy, if it takes it */
	uint64_t version; /* 16 bits for each number */
};

static char bytes[1 << 17];
static int failed;

/* What a policy's node holds, without the line feed. */
static const char *node(const char *policy, const char *name)
{
	static char text[64];
	char path[1024];

	snprintf(path, sizeof(path), IPE "policies/%s/%s", policy, name);
	text[read_file(path, text, sizeof(text) - 1)] = 0;
	text[strcspn(text, "\n")] = 0;
	return text;
}

static bool is_active(const char *policy)
{
	return node(policy, "active")[0] == '1';
}

static uint64_t version_of(const char *policy)
{
	unsigned major, minor, revision;

	if (sscanf(node(policy, "version"), "%u.%u.%u", &major, &minor, &revision) != 3)
		die("version");
	return (uint64_t)major << 32 | minor << 16 | revision;
}

/* Calls do_it for each loaded policy. */
static void each(void (*do_it)(const char *policy, void *with), void *with)
{
	DIR *directory = opendir(IPE "policies");
	const struct dirent *entry;

	if (!directory)
		die(IPE "policies");
	while ((entry = readdir(directory)))
		if (strcmp(entry->d_name, ".") && strcmp(entry->d_name, ".."))
			do_it(entry->d_name, with);
	closedir(directory);
}

static void delete_inactive(const char *policy, void *with)
{
	char path[1024];

	(void)with;
	if (is_active(policy))
		return;
	snprintf(path, sizeof(path), IPE "policies/%s/delete", policy);
	errno = write_file(path, 0, "1", 1);
	if (errno)
		die(path);
}

static void note(const char *policy, void *with)
{
	struct file *file = with;

	snprintf(file->name, sizeof(file->name), "%s", policy);
	file->version = version_of(policy);
}

/* The kernel's own word. */
static void ask_kernel(struct file *file)
{
	file->error =
		write_file(IPE "new_policy", 0, bytes, read_file(file->path, bytes, sizeof(bytes)));
	if (!file->error)
		each(note, file);
	each(delete_inactive, NULL);
}

static int by_version(const void *left, const void *right)
{
	const struct file *a = left, *b = right;

	if (!a->error != !b->error)
		return a->error ? -1 : 1;
	return a->version < b->version ? -1 : a->version > b->version;
}

/* Everything that is loaded, in one text. */
struct state {
	size_t used;
	char text[1 << 15];
};

static void add(const char *policy, void *with)
{
	struct state *state = with;
	int active = is_active(policy);

	state->used +=
		(size_t)snprintf(state->text + state->used, sizeof(state->text) - state->used,
			"%s %llu %d\n", policy, (unsigned long long)version_of(policy), active);
}

/* A run of the loader. */
struct outcome {
	int status;
	char said[4096]; /* on standard error */
	char init[64];   /* what hello said */
};

static void take(int fd, char *text, size_t size)
{
	ssize_t got;
	size_t have = 0;

	while ((got = read(fd, text + have, size - 1 - have)) > 0)
		have += (size_t)got;
	text[have] = 0;
	close(fd);
}

static void run(const char *path, struct outcome *outcome)
{
	const char *argument[] = {LOADER, "-r", path, "--", "/vm/bin/hello", NULL};
	const char *directory[] = {LOADER, "-r", "--", "/vm/bin/hello", NULL};
	int out[2], err[2], status;
	pid_t child;

	fflush(stdout);
	if (pipe2(out, O_CLOEXEC) || pipe2(err, O_CLOEXEC))
		die("pipe");
	child = fork();
	if (child < 0)
		die("fork");
	if (!child) {
		alarm(20);
		dup2(out[1], 1);
		dup2(err[1], 2);
		execv(LOADER, (char **)(path ? argument : directory));
		_exit(99);
	}
	close(out[1]);
	close(err[1]);
	/* No more than a pipe holds is written to either. */
	take(err[0], outcome->said, sizeof(outcome->said));
	take(out[0], outcome->init, sizeof(outcome->init));
	if (waitpid(child, &status, 0) != child)
		die("waitpid");
	outcome->status = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/* What is wrong, or null. */
static const char *judge(const struct file *file, const char *path, const struct outcome *outcome,
	const struct state *before, const struct state *after)
{
	const char *said = outcome->said, *end = strchr(said, '\n');
	static const char prefix[] = "ipe-load: ";

	if (outcome->status == 0) {
		if (file->error)
			return "it is taken though the kernel refuses it";
		if (!is_active(file->name) || version_of(file->name) != file->version)
			return "status 0 though it is not active";
		return outcome->init[0] ? NULL : "INIT did not start";
	}
	if (outcome->status != 1)
		return "neither status 0 nor 1";
	if (outcome->init[0])
		return "INIT started";
	if (strcmp(before->text, after->text) != 0)
		return "policies changed";
	if (!end || end[1])
		return "not one line";
	if (strncmp(said, prefix, strlen(prefix)) ||
		strncmp(said + strlen(prefix), path, strlen(path)) ||
		strncmp(said + strlen(prefix) + strlen(path), ": ", 2))
		return "the line does not begin with the file";
	for (; said < end; said++)
		if (*said < ' ' || *said > '~')
			return "a byte of the line is not printable";
	return NULL;
}

/* Is another text of that name and version active? */
static bool in_its_own_way(const struct file *file)
{
	char path[1024];

	snprintf(path, sizeof(path), IPE "policies/%s/active", file->name);
	return !file->error && !access(path, F_OK) && is_active(file->name) &&
	       version_of(file->name) == file->version;
}

static void go_through(const struct file *file, bool in_directory, bool same)
{
	static struct state before, after;
	const char *path = in_directory ? IN_DIRECTORY : file->path, *why;
	struct outcome outcome;
	size_t size = read_file(file->path, bytes, sizeof(bytes));

	each(delete_inactive, NULL);
	/* An empty file masks one of its name. */
	if (in_directory && !size)
		return;
	if (in_directory) {
		errno = write_file(IN_DIRECTORY, O_CREAT | O_TRUNC, bytes, size);
		if (errno)
			die(IN_DIRECTORY);
	}
	before.used = after.used = 0;
	before.text[0] = after.text[0] = 0;
	each(add, &before);
	run(in_directory ? NULL : path, &outcome);
	each(add, &after);
	why = judge(file, path, &outcome, &before, &after);
	if (why)
		failed = 1;
	printf("%s %d %d %s", file->path, file->error, outcome.status,
		why    ? why
		: same ? "same"
		       : "");
	printf(why ? ": %s\n" : "\n", outcome.said);
	if (in_directory)
		unlink(IN_DIRECTORY);
}

int main(int argc, char **argv)
{
	struct file *files = calloc((size_t)argc, sizeof(*files));
	int i, count = argc - 1;

	if (!files || !count)
		return 2;
	mkdir("/etc", 0755);
	mkdir("/etc/ipe", 0755);
	for (i = 0; i < count; i++) {
		files[i].path = argv[i + 1];
		ask_kernel(files + i);
	}
	qsort(files, (size_t)count, sizeof(*files), by_version);
	/* Most policies here deny something, to hello or to ipe-load. */
	errno = write_file(IPE "enforce", 0, "0", 1);
	if (errno)
		die("enforce");
	for (i = 0; i < count; i++) {
		bool same = in_its_own_way(files + i);

		go_through(files + i, false, same);
		go_through(files + i, true, same);
	}
	return failed;
}
