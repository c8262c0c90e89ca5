/*
 * verdicts.c - what the kernel says of many policies, without running a program of its own
 *
 * Usage: verdicts load POLICY.p7b...
 *        verdicts decide PROGRAM... -- POLICY.p7b...
 *        verdicts key KEYRING CERTIFICATE.der
 *
 * load: writes each policy to new_policy and prints "POLICY ERRNO", and for one that was accepted
 * also " NAME VERSION" as the kernel has them; then deletes it.
 *
 * decide: loads and activates each policy in turn and executes each program under it; prints
 * "POLICY" and for each program " ALLOW" or " deny".  The policies' versions must not fall.  At the
 * end IPE is set to permissive, so that the machine can be powered off.
 *
 * key: adds a certificate to a keyring that is found by its name.
 *
 * Needs securityfs, and for key procfs, where they customarily are.
 *
 * SPDX-License-Identifier: MIT
 */
#include <dirent.h>
#include <signal.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include "files.h"

#define IPE "/sys/kernel/security/ipe/"

static int load(const char *file)
{
	static char bytes[1 << 17];

	return write_file(IPE "new_policy", 0, bytes, read_file(file, bytes, sizeof(bytes)));
}

static const char *base(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

/* Prints the one loaded policy and deletes it. */
static void tell_and_delete(void)
{
	char path[1024], version[64];
	DIR *directory = opendir(IPE "policies");
	const struct dirent *entry;
	size_t length;

	if (!directory)
		die(IPE "policies");
	while ((entry = readdir(directory))) {
		if (!strcmp(entry->d_name, ".") || !strcmp(entry->d_name, ".."))
			continue;
		putchar(' ');
		for (const char *c = entry->d_name; *c; c++)
			printf(*c > 0x1f && *c < 0x7f ? "%c" : "\\x%02x", (unsigned char)*c);
		snprintf(path, sizeof(path), IPE "policies/%s/version", entry->d_name);
		length = read_file(path, version, sizeof(version) - 1);
		version[length] = 0;
		version[strcspn(version, "\n")] = 0;
		printf(" %s", version);
		snprintf(path, sizeof(path), IPE "policies/%s/delete", entry->d_name);
		if (write_file(path, 0, "1", 1))
			die(path);
	}
	closedir(directory);
}

static void load_all(char **files)
{
	for (; *files; files++) {
		int error = load(*files);

		printf("%s %d", base(*files), error);
		if (!error)
			tell_and_delete();
		putchar('\n');
	}
}

/* Does the program run?  Anything but that and EACCES ends this one. */
static int runs(const char *program)
{
	int status, error = -1, ends[2];
	pid_t child;

	if (pipe2(ends, O_CLOEXEC))
		die("pipe");
	fflush(stdout);
	child = fork();
	if (child < 0)
		die("fork");
	if (!child) {
		char *argv[] = {(char *)program, NULL}, *environment[] = {NULL};
		int null = open("/dev/null", O_WRONLY);

		dup2(null, 1);
		execve(program, argv, environment);
		error = errno;
		_exit(write(ends[1], &error, sizeof(error)) < 0);
	}
	close(ends[1]);
	if (read(ends[0], &error, sizeof(error)) == 0)
		error = 0;
	close(ends[0]);
	waitpid(child, &status, 0);
	/* A program whose file may be executed but not mapped is killed. */
	if (error == EACCES || (!error && WIFSIGNALED(status) && WTERMSIG(status) == SIGSEGV))
		return 0;
	errno = error;
	if (error || status)
		die(program);
	return 1;
}

static void decide_all(char **programs, char **files)
{
	char name[256], path[1024], text[1 << 16];

	for (; *files; files++) {
		size_t length;

		errno = load(*files);
		if (errno)
			die(*files);
		/* the policy's name is its file's without the suffix */
		snprintf(name, sizeof(name), "%s", base(*files));
		name[strcspn(name, ".")] = 0;
		snprintf(path, sizeof(path), IPE "policies/%s/active", name);
		errno = write_file(path, 0, "1", 1);
		if (errno)
			die(path);
		length = read_file(path, text, sizeof(text));
		if (length < 1 || text[0] != '1')
			die(path);
		printf("%s", base(*files));
		for (char **program = programs; *program; program++)
			printf(" %s", runs(*program) ? "ALLOW" : "deny");
		putchar('\n');
	}
	fflush(stdout);
	errno = write_file(IPE "enforce", 0, "0", 1);
	if (errno)
		die("enforce");
}

static void add_key(const char *keyring, const char *certificate)
{
	static char bytes[1 << 16];
	size_t length = read_file(certificate, bytes, sizeof(bytes));
	FILE *keys = fopen("/proc/keys", "r");
	char line[512];

	if (!keys)
		die("/proc/keys");
	while (fgets(line, sizeof(line), keys)) {
		const char *found = strstr(line, keyring);

		if (!found || found[-1] != ' ' || found[strlen(keyring)] != ':')
			continue;
		if (syscall(SYS_add_key, "asymmetric", "", bytes, length,
			    (int)strtoul(line, NULL, 16)) < 0)
			die(keyring);
		return;
	}
	errno = ENOENT;
	die(keyring);
}

int main(int argc, char **argv)
{
	int i;

	if (argc > 2 && !strcmp(argv[1], "load")) {
		load_all(argv + 2);
		return 0;
	}
	if (argc == 4 && !strcmp(argv[1], "key")) {
		add_key(argv[2], argv[3]);
		return 0;
	}
	for (i = 2; i < argc && strcmp(argv[i], "--"); i++)
		;
	if (i < argc && !strcmp(argv[1], "decide")) {
		argv[i] = NULL;
		decide_all(argv + 2, argv + i + 1);
		return 0;
	}
	fprintf(stderr, "verdicts: wrong usage\n");
	return 2;
}
