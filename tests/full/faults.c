/*
 * faults.c - run ipe-load again and again, and let one of its system calls fail each time
 *
 * Usage: faults [OPTION]... -- PROGRAM [ARGUMENT]...
 *
 * Runs in the guest, as root with CAP_MAC_ADMIN, on a kernel with IPE.  PROGRAM, with its
 * arguments, is to activate the policy "site".  Before each run the policy "other" is made the
 * active one and "site" is deleted (both have the same version, which the kernel takes for an
 * activation).  Then the first system call fails with each error, then the second one, and so on;
 * calls that read or write also do less than they were asked for.  What must hold after each run is
 * in judge().
 *
 *   -n LABEL   what the variant is called
 *   -b FILE    the signed message of "other"
 *   -o FILE    an older version of "site", which is loaded before each run
 *   -1         PROGRAM is process 1 of a PID namespace, where a process without capabilities lives
 *   -c DIR     the hand-over, in DIR, the root of a mount (see below)
 *   -m         and the policy is embedded in PROGRAM's file there, which has DIR/pool/embedded.p7b
 *   -0         standard input is closed, so that the first file that is opened comes to be there
 *   -i         PROGRAM executes another program once it has succeeded
 *   -x         no policy but "site" may be left
 *   -s         PROGRAM has a file of IPE's open; neither that nor CAP_MAC_ADMIN may the other have
 *   -d         and that must have a seccomp filter
 *   -w         the process beside it has a file of IPE's open: it may never succeed (see below)
 *   -u         it may never succeed: what PROGRAM is to activate is not to be had
 *   -3         status 3 is right where the kernel was made to say that there is nothing to do
 *   -e LIST    only these errors, by number, with commas between
 *   -f TEXT    begin with the first call whose path has TEXT in it
 *   -k         instead: kill it after each system call, and run it again
 *   -2 COUNT   instead: two at once, COUNT times unobserved and COUNT times observed
 *
 * DIR/pool/N.p7b are messages of ever higher versions, of "other" where N is even and of "site"
 * where it is odd, all of one length; IPE is set to be permissive before each run; proc is mounted
 * on DIR/proc, if that exists.
 *
 * With -w only the calls up to PROGRAM's first pause fail: then it has noticed that process and
 * waits for it to end.  Nobody waits in a pause but there, once, and with -2.
 *
 * Prints each failure, each message (without its reason) with the number of runs that ended with
 * it, and the counts.  Status 1 if a run failed, 2 if nothing could be tried.
 *
 * x86-64 only.  SPDX-License-Identifier: MIT
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <linux/keyctl.h>
#include <sched.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <unistd.h>

/* include/uapi/linux/mount.h */
#define MY_FSCONFIG_CMD_CREATE 6

/* What read, pread, getdents64 and write may do instead of failing. */
#define LESS (-1)    /* one byte (getdents64: one entry) of what was asked for */
#define LIE (-2)     /* write: everything is written, the result is one less */
#define NOTHING (-3) /* write: nothing is written, the result is 0 */
#define CLAIM (-4)   /* write: nothing is written, the result is as if it were */

/* For each call that is not named below, and for nearly every one that is. */
#define EVERYWHERE EPERM, EACCES, ENOENT, EINTR, EIO, ENOMEM, ENOSPC, EMFILE, ENOSYS

/*
 * What each call can return: its manual page, and for write what IPE says (ipe_new_policy,
 * security/ipe/fs.c, and below), for fsopen and after what mounting does.
 */
static const struct call {
	long number;
	const char *name;
	int errors[24];
} calls_known[] = {
	{SYS_read, "read", {EVERYWHERE, EINVAL, EBADF, EAGAIN, EISDIR, ESRCH}},
	{SYS_pread64, "pread64", {EVERYWHERE, EINVAL, EBADF, EAGAIN, EISDIR, ESPIPE, EOVERFLOW}},
	{SYS_write, "write",
		{EVERYWHERE, EINVAL, EBADF, EAGAIN, EFBIG, EROFS, ENOKEY, EKEYREJECTED, ENOPKG,
			EBADMSG, ERANGE, EEXIST, ESTALE, EMSGSIZE}},
	{SYS_openat, "openat",
		{EVERYWHERE, EINVAL, ENFILE, ELOOP, ENOTDIR, EISDIR, ENXIO, ENODEV, EBUSY, EROFS,
			ENAMETOOLONG, ESTALE, ESRCH}},
	/* ELOOP is no fault: it says that there is a link, and tests/vm/usr.bats makes one. */
	{SYS_openat2, "openat2", {EVERYWHERE, EINVAL, ENFILE, ENOTDIR, EXDEV, EAGAIN, E2BIG}},
	{SYS_close, "close", {EBADF, EINTR, EIO, ENOSPC}},
	{SYS_statfs, "statfs", {EVERYWHERE, EINVAL, ELOOP, ENOTDIR, EOVERFLOW}},
	{SYS_statx, "statx", {EVERYWHERE, EINVAL, EBADF, ELOOP, ENOTDIR, ESTALE}},
	{SYS_fsopen, "fsopen", {EVERYWHERE, EINVAL, ENFILE, ENODEV}},
	{SYS_fsconfig, "fsconfig", {EVERYWHERE, EINVAL, EBADF, EBUSY, ENODEV, EOPNOTSUPP}},
	{SYS_fsmount, "fsmount", {EVERYWHERE, EINVAL, EBADF, EBUSY, ENFILE, ENODEV}},
	{SYS_fcntl, "fcntl", {EVERYWHERE, EINVAL, EBADF, EBUSY}},
	{SYS_getdents64, "getdents64", {EVERYWHERE, EINVAL, EBADF, ENOTDIR, ESRCH}},
	{SYS_readlinkat, "readlinkat", {EVERYWHERE, EINVAL, EBADF, ELOOP, ENOTDIR}},
	{SYS_execve, "execve",
		{EVERYWHERE, EINVAL, E2BIG, EAGAIN, EISDIR, ELIBBAD, ELOOP, ENOEXEC, ENFILE,
			ENOTDIR, ETXTBSY}},
	{SYS_prctl, "prctl", {EVERYWHERE, EINVAL}},
	{SYS_capget, "capget", {EVERYWHERE, EINVAL, ESRCH}},
	{SYS_capset, "capset", {EVERYWHERE, EINVAL, ESRCH}},
	{SYS_keyctl, "keyctl",
		{EVERYWHERE, EINVAL, EEXIST, ENOTDIR, ENOKEY, EKEYREVOKED, EKEYEXPIRED, EDQUOT,
			EOPNOTSUPP}},
	{SYS_seccomp, "seccomp", {EVERYWHERE, EINVAL, EBUSY, ESRCH, ECANCELED}},
	{SYS_ioctl, "ioctl", {EVERYWHERE, EINVAL, EBADF, ENOTTY}},
	{SYS_poll, "poll", {EVERYWHERE, EINVAL}},
	{SYS_kill, "kill", {EVERYWHERE, EINVAL}},
};

/* ESRCH of read, openat, getdents64: of files of a process that has ended. */
static const struct call call_unknown = {0, "call", {EVERYWHERE, EINVAL}};

/*
 * "Names the step": what a failure's message must have in it, by a part of the path of the call
 * that failed, or of its descriptor's, or by the call's name.  The first that fits counts; one of
 * the words with | between them is enough, since the hand-over asks IPE for more than the loader
 * does.
 */
static const struct {
	const char *path, *message;
} steps[] = {
	{"site.p7b", "site.p7b: "},
	{".p7b", ".p7b: "},
	{"new_policy", ".p7b: "},
	{"/update", ".p7b: "},
	{"policies/site/active", "activ"},
	{"policies/site/version", "state|version|: the active policy"},
	{"policies/site/policy", "state|text"},
	{"policies/other/delete", "deleted"},
	{"policies/site/", "site|: the active policy"},
	{"policies/third/", "third"},
	{"policies/other/", "other|: the active policy"},
	{"policies", "policies: the loaded ones|: the active policy"},
	{"enforce", "enforce: "},
	{"usermodehelper", "helpers"},
	{"cmdline", "/proc/cmdline: "},
	{"self/mounts", "/proc/self/mounts: "},
	{"/keys", ".fs-verity and .dm-verity"},
	{"keyctl", ".fs-verity and .dm-verity"},
	{"self/fd", "descriptors"},
	{"prctl", "CAP_MAC_ADMIN"},
	{"capget", "CAP_MAC_ADMIN"},
	{"capset", "CAP_MAC_ADMIN"},
	{"seccomp", "device-mapper"},
	{"ioctl", "device-mapper"},
	{"/ipe/initrd", "/ipe/initrd/: "},
	{"/ipe/final", "/ipe/final/: "},
};

static const char *label = "", *other_file, *older_file, *new_root;
static bool closed, witness, never, may_be_nothing, as_init, has_init, exclusive, sealed, filtered,
	embedded;
static int only_errors[32];
static const char *from_path;
static char **program;
static int ipe, proc;
static unsigned pool; /* the even number of the next pair in it */
static unsigned runs, failed, tolerated;
static struct user_regs_struct last; /* the call that suffered last */

static void die(const char *format, ...)
{
	va_list values;

	va_start(values, format);
	vprintf(format, values);
	va_end(values);
	printf(": %s\n", strerror(errno));
	exit(2);
}

/* ---- the kernel's state */

static int mount_detached(const char *type)
{
	int context = (int)syscall(SYS_fsopen, type, 1);

	if (context < 0 || syscall(SYS_fsconfig, context, MY_FSCONFIG_CMD_CREATE, 0, 0, 0))
		die("%s", type);
	return (int)syscall(SYS_fsmount, context, 1, 0);
}

/* Writes to a node of IPE's.  0 or errno. */
static int put(const char *node, const void *at, size_t size)
{
	int fd = openat(ipe, node, O_WRONLY | O_CLOEXEC), error = 0;

	if (fd < 0)
		return errno;
	if (write(fd, at, size) != (ssize_t)size)
		error = errno;
	close(fd);
	return error;
}

/* The first byte of a node; 0 when it does not exist. */
static char get(const char *node)
{
	char byte = 0;
	int fd = openat(ipe, node, O_RDONLY | O_CLOEXEC);

	if (fd < 0 && errno != ENOENT)
		die("%s", node);
	if (fd >= 0) {
		if (read(fd, &byte, 1) != 1)
			die("%s", node);
		close(fd);
	}
	return byte;
}

static size_t read_file(const char *path, char *buffer, size_t size)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t got = fd < 0 ? -1 : read(fd, buffer, size);

	if (got <= 0)
		die("%s", path);
	close(fd);
	return (size_t)got;
}

static void put_file(const char *node, const char *file)
{
	static char buffer[70000];

	errno = put(node, buffer, read_file(file, buffer, sizeof(buffer)));
	if (errno)
		die("%s to %s", file, node);
}

static void must_put(const char *node, const char *text)
{
	errno = put(node, text, 1);
	if (errno)
		die("%s to %s", text, node);
}

static char *pool_file(unsigned number, const char *root)
{
	static char path[4][128];
	static unsigned next;
	char *one = path[next++ % 4];

	snprintf(one, sizeof(path[0]), "%s/pool/%u.p7b", root, number);
	return one;
}

/* The next run of this program goes on where this one ends: its number is in the pool. */
static void use_pool(int flags)
{
	char path[128];
	int fd;

	snprintf(path, sizeof(path), "%s/pool/next", new_root);
	fd = open(path, flags | O_CLOEXEC, 0600);
	if (fd >= 0 && flags == O_RDONLY && read(fd, &pool, sizeof(pool)) != sizeof(pool))
		die("%s", path);
	pool += 2;
	if (fd >= 0 && flags != O_RDONLY && write(fd, &pool, sizeof(pool)) != sizeof(pool))
		die("%s", path);
	close(fd);
}

static void keep_pool(void)
{
	use_pool(O_WRONLY | O_CREAT | O_TRUNC);
}

/* Puts a message into PROGRAM's file, in the place of the one before. */
static void embed(const char *file)
{
	static char message[70000], binary[1 << 20];
	static off_t offset;
	char path[256];
	size_t size;
	int fd;

	snprintf(path, sizeof(path), "%s%s", new_root, program[0]);
	if (!offset) {
		size_t whole = read_file(path, binary, sizeof(binary));
		const char *at;

		snprintf(message, sizeof(message), "%s/pool/embedded.p7b", new_root);
		size = read_file(message, message, sizeof(message));
		at = memmem(binary, whole, message, size);
		if (!at)
			die("no message in %s", path);
		offset = at - binary;
	}
	size = read_file(file, message, sizeof(message));
	fd = open(path, O_WRONLY | O_CLOEXEC);
	if (fd < 0 || pwrite(fd, message, size, offset) != (ssize_t)size)
		die("%s", path);
	close(fd);
}

/* "other" is active, "site" is not there, or only its older version is. */
static void reset(void)
{
	static bool taken;
	const char *file = other_file;

	if (new_root) {
		char site[128];

		/* Versions of this pair are used up once "site" was active. */
		if (taken && get("policies/site/active") == '1')
			pool += 2, taken = false;
		file = pool_file(pool, new_root);
		if (!taken) {
			if (get("policies/other/active"))
				put_file("policies/other/update", file);
			snprintf(site, sizeof(site), "%s/usr/lib/ipe/final/site.p7b", new_root);
			unlink(site);
			if (embedded)
				embed(pool_file(pool + 1, new_root));
			else if (link(pool_file(pool + 1, new_root), site))
				die("%s", site);
			taken = true;
		}
		must_put("enforce", "0");
	}
	if (!get("policies/other/active"))
		put_file("new_policy", file);
	must_put("policies/other/active", "1");
	if (get("policies/site/active"))
		must_put("policies/site/delete", "1");
	if (get("policies/third/active"))
		must_put("policies/third/delete", "1");
	if (older_file)
		put_file("new_policy", older_file);
}

/* A line of the process's status as a hexadecimal number. */
static uint64_t status_line(pid_t pid, const char *name)
{
	char path[64], line[256];
	uint64_t value = 0;
	bool found = false;
	FILE *status;
	int fd;

	snprintf(path, sizeof(path), "%d/status", (int)pid);
	fd = openat(proc, path, O_RDONLY | O_CLOEXEC);
	status = fd < 0 ? NULL : fdopen(fd, "r");
	if (!status)
		die("%s", path);
	while (fgets(line, sizeof(line), status)) {
		if (!strncmp(line, name, strlen(name))) {
			value = strtoull(line + strlen(name), NULL, 16);
			found = true;
		}
	}
	fclose(status);
	if (!found)
		die("%s in %s", name, path);
	return value;
}

/* ---- one run */

/* What the run is to suffer: in the call with this number, from 1 on; 0: nothing. */
struct plan {
	unsigned call;
	int error; /* or LESS, LIE, NOTHING */
	bool kill; /* after the call; with NOTHING instead of it */
};

struct outcome {
	int status;                       /* -1: killed by us */
	bool met;                         /* the call was made */
	bool applies;                     /* and can suffer that */
	bool waits;                       /* it has come to its first pause */
	bool began;                       /* the program that it executes did begin */
	const char *lack;                 /* what that program ought to have or not to have */
	long name;                        /* the call's */
	char detail[64];                  /* and its path, if it has one */
	unsigned calls, eexists, estales; /* the latter two of writes */
	char said[4096];
};

/*
 * The calls that are excepted.  A message that cannot be written cannot be asserted on (load.bats
 * closes standard error); exit_group, getpid cannot fail; arch_prctl comes before main, and cannot
 * fail but on a kernel that is not for this processor: then the program traps.
 */
static bool is_excepted(const struct user_regs_struct *at)
{
	switch (at->orig_rax) {
	case SYS_write:
		return at->rdi == STDOUT_FILENO || at->rdi == STDERR_FILENO;
	case SYS_exit_group:
	case SYS_getpid:
	case SYS_arch_prctl:
		return true;
	}
	return false;
}

static bool applies(const struct user_regs_struct *at, int error)
{
	switch (error) {
	case LESS:
		return (at->orig_rax == SYS_read || at->orig_rax == SYS_pread64 ||
			       at->orig_rax == SYS_getdents64 || at->orig_rax == SYS_write) &&
		       at->rdx > 1;
	case LIE:
	case NOTHING:
	case CLAIM:
		return at->orig_rax == SYS_write;
	case ESPIPE:
		/* A file that could be read from its beginning can be read from further on. */
		return at->orig_rax != SYS_pread64 || !at->r10;
	}
	return true;
}

static bool is_pause(const struct user_regs_struct *at)
{
	return at->orig_rax == SYS_poll;
}

static const struct call *call_of(long number)
{
	for (size_t i = 0; i < sizeof(calls_known) / sizeof(*calls_known); i++)
		if (calls_known[i].number == number)
			return calls_known + i;
	return &call_unknown;
}

/* Which errors the call can return: the list ends with 0. */
static const int *errors_of(long number)
{
	return only_errors[0] ? only_errors : call_of(number)->errors;
}

/* The path that the call is given, or that of the descriptor it is given. */
static void read_detail(pid_t pid, const struct user_regs_struct *at, char detail[64])
{
	unsigned long long from = 0;
	char path[64];
	long word;

	detail[0] = 0;
	switch (at->orig_rax) {
	case SYS_openat:
	case SYS_openat2:
	case SYS_statx:
		from = at->rsi;
		break;
	case SYS_fsopen:
	case SYS_statfs:
	case SYS_execve:
		from = at->rdi;
		break;
	case SYS_prctl:
	case SYS_capget:
	case SYS_capset:
	case SYS_keyctl:
	case SYS_seccomp:
	case SYS_ioctl:
	case SYS_poll:
	case SYS_kill:
		return;
	}
	for (unsigned i = 0; from && i + 8 < 64; i += 8) {
		word = ptrace(PTRACE_PEEKDATA, pid, (void *)(from + i), 0);
		memcpy(detail + i, &word, 8);
		detail[i + 8] = 0;
		if (memchr(&word, 0, 8))
			break;
	}
	if (!detail[0]) {
		snprintf(path, sizeof(path), "%d/fd/%d", (int)pid, (int)at->rdi);
		word = readlinkat(proc, path, detail, 63);
		detail[word < 0 ? 0 : word] = 0;
	}
}

/* Starts PROGRAM, which waits until go is closed; standard error goes to said. */
static pid_t start(int go, int go_end, int said)
{
	long flags = SIGCHLD | (as_init ? CLONE_NEWPID | CLONE_NEWNS : 0);
	pid_t pid = (pid_t)syscall(SYS_clone, flags, 0, 0, 0, 0);
	char byte;

	if (pid < 0)
		die("clone");
	if (pid)
		return pid;
	close(go_end);
	if (read(go, &byte, 1) < 0 || dup2(said, STDERR_FILENO) < 0)
		_exit(98);
	if (new_root && (chroot(new_root) || chdir("/")))
		_exit(97);
	/* That of its own namespace, where there is room for it. */
	if (new_root && !access("/proc", F_OK) && mount("proc", "/proc", "proc", 0, NULL))
		_exit(96);
	if (closed)
		close(STDIN_FILENO);
	/* What opens this keeps the right to write to it. */
	if (sealed && !witness && dup2(openat(ipe, "enforce", O_WRONLY | O_CLOEXEC), 30) != 30)
		_exit(95);
	execv(program[0], program);
	_exit(99);
}

/* Another process in the PID namespace of pid, one that can do nothing. */
static void add_bystander(pid_t pid)
{
	struct __user_cap_header_struct header = {_LINUX_CAPABILITY_VERSION_3, 0};
	struct __user_cap_data_struct none[2] = {0};
	char path[64], byte;
	int own, its, ready[2];
	pid_t child;

	snprintf(path, sizeof(path), "%d/ns/pid", (int)pid);
	its = openat(proc, path, O_RDONLY | O_CLOEXEC);
	own = openat(proc, "self/ns/pid", O_RDONLY | O_CLOEXEC);
	if (pipe2(ready, O_CLOEXEC) || its < 0 || own < 0 || setns(its, CLONE_NEWPID))
		die("%s", path);
	child = fork();
	if (child < 0)
		die("fork");
	if (!child) {
		byte = (char)(witness && dup2(openat(ipe, "enforce", O_WRONLY), 3) < 0);
		if (byte)
			die("enforce");
		for (int i = 0; i <= 40; i++)
			syscall(SYS_prctl, 24 /* PR_CAPBSET_DROP */, i, 0, 0, 0);
		syscall(SYS_capset, &header, none);
		/* Among them the end of a pipe that others wait for. */
		syscall(SYS_close_range, witness ? 4 : 3, ~0U, 0);
		for (;;)
			pause();
	}
	close(ready[1]);
	/* The other end is closed once it has given everything up. */
	if (read(ready[0], &byte, 1) < 0 || setns(own, CLONE_NEWPID))
		die("setns");
	close(ready[0]);
	close(its);
	close(own);
}

/* A file of /proc's as text. */
static void read_proc(const char *path, char text[16384])
{
	int fd = openat(proc, path, O_RDONLY | O_CLOEXEC);
	ssize_t got;
	size_t have = 0;

	if (fd < 0)
		die("%s", path);
	while ((got = read(fd, text + have, 16383 - have)) > 0)
		have += (size_t)got;
	text[have] = 0;
	close(fd);
}

/* May programs that the kernel starts itself have one of these capabilities? */
static bool helpers_have(uint64_t bits)
{
	static const char *const sets[] = {"bset", "inheritable"};
	char path[64], text[16384];
	unsigned low, high;

	for (int i = 0; i < 2; i++) {
		snprintf(path, sizeof(path), "sys/kernel/usermodehelper/%s", sets[i]);
		read_proc(path, text);
		if (sscanf(text, "%u %u", &low, &high) != 2)
			die("%s", path);
		if (((uint64_t)high << 32 | low) & bits)
			return true;
	}
	return false;
}

/* May root still add keys that vouch for files?  Asking takes it away. */
static bool keyring_open(void)
{
	char text[16384], *line;
	long result;

	read_proc("keys", text);
	for (line = strtok(text, "\n"); line; line = strtok(NULL, "\n"))
		if (strstr(line, " .fs-verity:")) {
			result = syscall(SYS_keyctl, KEYCTL_RESTRICT_KEYRING,
				(int32_t)strtoul(line, NULL, 16), 0, 0, 0);
			return !result || errno != EEXIST;
		}
	die(".fs-verity");
	return true;
}

/* Has the process a file of IPE's, or a policy, open? */
static bool has_descriptor(pid_t pid)
{
	char path[64], target[256];
	ssize_t length;

	for (int fd = 0; fd < 64; fd++) {
		snprintf(path, sizeof(path), "%d/fd/%d", (int)pid, fd);
		length = readlinkat(proc, path, target, sizeof(target) - 1);
		target[length < 0 ? 0 : length] = 0;
		if (strstr(target, "ipe/") || strstr(target, ".p7b"))
			return true;
		/* The directory itself, or the root of what it is in. */
		if (fd > 2 && (!strcmp(target, "/ipe") || !strcmp(target, "/")))
			return true;
	}
	return false;
}

static const char open_file[] = "it has a file of IPE's, or a policy, open";
static const char not_active[] = "it began though the policy is not active";

/* At the beginning of the program that PROGRAM executes: what is wrong, or null. */
static const char *find_lack(pid_t pid)
{
	static const char *const sets[] = {"CapInh:", "CapPrm:", "CapEff:", "CapBnd:", "CapAmb:"};
	const uint64_t admin = UINT64_C(1) << CAP_MAC_ADMIN;

	if (get("policies/site/active") != '1')
		return not_active;
	if (has_descriptor(pid))
		return open_file;
	if (!sealed)
		return NULL;
	for (int i = 0; i < 5; i++)
		if (status_line(pid, sets[i]) & admin)
			return "it has CAP_MAC_ADMIN";
	if (filtered && status_line(pid, "Seccomp:") != 2)
		return "it has no seccomp filter";
	if (helpers_have(filtered ? admin | UINT64_C(1) << CAP_SYS_ADMIN : admin))
		return "the kernel's helpers may have a capability";
	if (keyring_open())
		return "the .fs-verity keyring is not restricted";
	return NULL;
}

/* Entry and exit of one call. */
static void at_stop(pid_t pid, bool entry, const struct plan *plan, struct outcome *outcome)
{
	static bool suffers, skipped;
	struct user_regs_struct at;

	if (ptrace(PTRACE_GETREGS, pid, 0, &at))
		die("GETREGS");
	if (!entry) {
		if (skipped) {
			skipped = false;
			at.rax = 0;
			ptrace(PTRACE_SETREGS, pid, 0, &at);
			return;
		}
		if (at.orig_rax == SYS_write) {
			outcome->eexists += at.rax == (unsigned long long)-EEXIST;
			outcome->estales += at.rax == (unsigned long long)-ESTALE;
		}
		if (!suffers)
			return;
		suffers = false;
		if (plan->kill) {
			kill(pid, SIGKILL);
			return;
		}
		if (plan->error > 0)
			at.rax = (unsigned long long)-plan->error;
		else if (plan->error == NOTHING)
			at.rax = 0;
		else if (plan->error == CLAIM)
			at.rax = at.rdx;
		else if (plan->error == LIE)
			at.rax--;
		else if (plan->error == LESS)
			/* A call leaves its arguments: programs may count on that. */
			at.rdx = last.rdx;
		else
			return;
	} else {
		suffers = false;
		if (is_excepted(&at))
			return;
		outcome->calls++;
		if (is_pause(&at) && plan->call && witness) {
			outcome->waits = true;
			kill(pid, SIGKILL);
			return;
		}
		/* Nobody is waited for but in two_at_once. */
		if (is_pause(&at) && plan->call && outcome->calls != plan->call) {
			skipped = true;
			at.orig_rax = (unsigned long long)-1;
			ptrace(PTRACE_SETREGS, pid, 0, &at);
			return;
		}
		if (outcome->calls != plan->call)
			return;
		outcome->met = true;
		last = at;
		outcome->name = (long)at.orig_rax;
		read_detail(pid, &at, outcome->detail);
		outcome->applies = plan->kill || applies(&at, plan->error);
		if (!outcome->applies)
			return;
		suffers = true;
		if (plan->kill && plan->error != NOTHING)
			return;
		if (plan->error > 0 || plan->error == NOTHING || plan->error == CLAIM)
			at.orig_rax = (unsigned long long)-1;
		else if (plan->error == LESS)
			at.rdx = at.orig_rax == SYS_getdents64 ? 48 : 1;
	}
	if (ptrace(PTRACE_SETREGS, pid, 0, &at))
		die("SETREGS");
}

/* Lets a stopped process go on; tells what became of it. */
static void serve(pid_t pid, int status, const struct plan *plan, struct outcome *outcome)
{
	struct __ptrace_syscall_info info;
	int signal = 0;

	if (WIFEXITED(status) || WIFSIGNALED(status)) {
		outcome->status = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
		return;
	}
	if (status >> 8 == (SIGTRAP | PTRACE_EVENT_EXEC << 8)) {
		/* calls is above 0 when it is not PROGRAM's own beginning. */
		if (outcome->calls) {
			outcome->began = true;
			outcome->lack = find_lack(pid);
			kill(pid, SIGKILL);
			outcome->status = 0;
			return;
		}
	} else if (WSTOPSIG(status) == (SIGTRAP | 0x80)) {
		if (ptrace(PTRACE_GET_SYSCALL_INFO, pid, sizeof(info), &info) < 0)
			die("GET_SYSCALL_INFO");
		/* Not before PROGRAM's beginning, whose call ends here. */
		if (info.op == PTRACE_SYSCALL_INFO_ENTRY ||
			(info.op == PTRACE_SYSCALL_INFO_EXIT && outcome->calls))
			at_stop(pid, info.op == PTRACE_SYSCALL_INFO_ENTRY, plan, outcome);
	} else if (!(status >> 16)) {
		signal = WSTOPSIG(status);
	}
	ptrace(PTRACE_SYSCALL, pid, 0, signal);
}

static void seize(pid_t pid)
{
	if (ptrace(PTRACE_SEIZE, pid, 0,
		    PTRACE_O_EXITKILL | PTRACE_O_TRACEEXEC | PTRACE_O_TRACESYSGOOD))
		die("SEIZE");
}

static void read_said(int fd, char said[4096])
{
	ssize_t got;
	size_t have = 0;

	while ((got = read(fd, said + have, 4095 - have)) > 0)
		have += (size_t)got;
	said[have] = 0;
}

static void run(const struct plan *plan, struct outcome *outcome)
{
	int go[2], said[2], status;
	pid_t pid, got;

	memset(outcome, 0, sizeof(*outcome));
	outcome->status = -2;
	if (pipe2(go, O_CLOEXEC) || pipe2(said, O_CLOEXEC))
		die("pipe");
	pid = start(go[0], go[1], said[1]);
	seize(pid);
	if (as_init)
		add_bystander(pid);
	close(go[0]);
	close(go[1]);
	/* A namespace's process 1 ends only when all others have been waited for. */
	while ((got = waitpid(-1, &status, __WALL)) > 0)
		if (got == pid && !outcome->began)
			serve(pid, status, plan, outcome);
	close(said[1]);
	read_said(said[0], outcome->said);
	close(said[0]);
}

/* ---- judging it */

static struct {
	char *text;
	unsigned count;
} messages[512];

/* Counts messages that differ in their reason as one. */
static void count_message(const char *text)
{
	char kind[256], *colon;

	snprintf(kind, sizeof(kind), "%.255s", text);
	kind[strcspn(kind, "\n")] = 0;
	colon = strrchr(kind, ':');
	if (colon && strchr(kind, ':') != colon && strchr(strchr(kind, ':') + 1, ':') != colon)
		*colon = 0;
	for (int i = 0; i < 512; i++) {
		if (!messages[i].text)
			messages[i].text = strdup(kind);
		if (!strcmp(messages[i].text, kind)) {
			messages[i].count++;
			return;
		}
	}
}

/* Is one of the words, with | between them, in the text? */
static bool has_one(const char *text, const char *words)
{
	char all[128], *word;

	snprintf(all, sizeof(all), "%s", words);
	for (word = strtok(all, "|"); word; word = strtok(NULL, "|"))
		if (strstr(text, word))
			return true;
	return false;
}

/* Does the message name the step that failed? */
static bool names_step(const struct plan *plan, const struct outcome *outcome, const char *said)
{
	static const char last_look[] = "ipe-load: policy site: its state cannot be read: ";
	const char *where = outcome->detail[0] ? outcome->detail : call_of(outcome->name)->name;

	/* A directory that is not there has no policy. */
	if (plan->error == ENOENT && strstr(where, "/lib/ipe/") && !strstr(where, ".p7b") &&
		has_one(said, "no policy: |neither loaded"))
		return true;
	/* The last look before INIT, when it has said that the policy is active and enforced. */
	if (said != outcome->said && !strncmp(said, last_look, sizeof(last_look) - 1) &&
		strstr(where, "policies/site/active"))
		return true;
	/* ENOENT is what the kernel says of what is no link. */
	if (outcome->name == SYS_readlinkat && strstr(where, ".p7b") && plan->error != ENOENT &&
		plan->error != EBADF)
		return strstr(said, ".p7b: cannot be opened: ") != NULL;
	for (size_t i = 0; i < sizeof(steps) / sizeof(*steps); i++)
		if (strstr(where, steps[i].path))
			return has_one(said, steps[i].message);
	return true;
}

/* Has the kernel been made to say that there is no securityfs, or no policy? */
static bool nothing_to_do(const struct plan *plan, const struct outcome *outcome)
{
	switch (outcome->name) {
	case SYS_fsopen:
	case SYS_fsconfig:
	case SYS_fsmount:
		return plan->error == ENODEV;
	case SYS_openat:
		if (strstr(outcome->detail, "security") || !strcmp(outcome->detail, "ipe"))
			return plan->error == ENODEV;
		return plan->error == ENOENT && strstr(outcome->detail, "/ipe/");
	}
	return false;
}

static bool others_left(void)
{
	return get("policies/other/active") != 0;
}

/* What is wrong with a run that nobody killed, or null. */
static const char *judge(const struct plan *plan, struct outcome *outcome)
{
	static const char active_words[] = " is active and enforced\n";
	static const char fuseblk_words[] = "ipe-load: seal: this kernel has fuseblk";
	bool active = get("policies/site/active") == '1';
	char *said = outcome->said, *end = strchr(said, '\n');

	if (may_be_nothing && nothing_to_do(plan, outcome) &&
		(has_init ? outcome->lack == not_active : outcome->status == 3)) {
		outcome->status = 3;
		return end && !end[1] ? NULL : "status 3 without one line";
	}
	/* So the kernel says that a descriptor is closed, or another user's in FUSE; and close was
	 * not done. */
	if (outcome->lack == open_file &&
		(outcome->name == SYS_close ||
			(outcome->name == SYS_statx &&
				(plan->error == ENOENT || plan->error == EACCES))))
		return NULL;
	if (outcome->lack)
		return outcome->lack;
	/* With -w: it has noticed. */
	if (outcome->waits)
		return NULL;
	if (outcome->status == 0) {
		if (!active)
			return "status 0 though the policy is not active";
		if (has_init && !outcome->began)
			return "status 0 though nothing was executed";
		/* The kernel's word that what is to be deleted does not exist, or is gone, is
		 * taken. */
		if (exclusive && others_left() && plan->error != ENOENT && plan->error != CLAIM)
			return "status 0 though another policy is left";
		if (new_root && get("enforce") != '1')
			return "status 0 though IPE does not enforce";
		return NULL;
	}
	if (outcome->status != 1)
		return "neither status 0 nor 1";
	/* But of what sysctl has there is only the beginning (proc_doulongvec_minmax). */
	if (plan->error == LESS && outcome->applies && outcome->name != SYS_write && !never &&
		!strstr(outcome->detail, "usermodehelper"))
		return "a read that gives less is no failure";
	if (outcome->began)
		return "another program began";
	/* It says that the policy is active before it seals and executes. */
	if (end && (size_t)(end - said) > strlen(active_words) &&
		!memcmp(end + 2 - sizeof(active_words), active_words, sizeof(active_words) - 1)) {
		if (!active)
			return "it says that the policy is active, but it is not";
		said = end + 1;
		end = strchr(said, '\n');
	}
	/* With -d it notes that the kernel has fuseblk, and goes on. */
	if (end && !strncmp(said, fuseblk_words, strlen(fuseblk_words))) {
		said = end + 1;
		end = strchr(said, '\n');
	}
	if (!end)
		return "no message";
	if (end[1])
		return "more than one line";
	count_message(said);
	if (strncmp(said, "ipe-load: ", 10) || !strstr(said + 10, ": "))
		return "a message that does not say what and why";
	/* With -u it would have failed anyhow. */
	if (outcome->applies && plan->error > 0 && !never && !names_step(plan, outcome, said))
		return "a message that does not name the step";
	return NULL;
}

static void say_failed(const char *why, const struct plan *plan, const struct outcome *outcome)
{
	failed++;
	printf("FAILED %s: call %u, %s(%s)", label, plan->call, call_of(outcome->name)->name,
		outcome->detail);
	if (plan->kill)
		printf(" killed");
	else if (plan->error > 0)
		printf(" %s", strerror(plan->error));
	else
		printf(" does %s", plan->error == LESS      ? "less"
				   : plan->error == LIE     ? "more than it says"
				   : plan->error == NOTHING ? "nothing"
				   : plan->error == CLAIM   ? "nothing but says it did"
							    : "what it should");
	printf(": %s: status %d; %s\n", why, outcome->status, outcome->said);
}

/* One run and its verdict; false when there are not that many calls. */
static bool try(unsigned call, int error, struct outcome *outcome)
{
	struct plan plan = {call, error, false};
	const char *why;

	reset();
	run(&plan, outcome);
	runs += outcome->applies;
	why = judge(&plan, outcome);
	/* Without a fault it succeeds.  Refused the status of a descriptor, it must take it for
	 * another user's in FUSE. */
	if (!why && !outcome->status && never &&
		!(witness && outcome->name == SYS_statx && error == EACCES))
		why = "it succeeded though it may not";
	if (!why && outcome->status && !never && (!outcome->met || !outcome->applies))
		why = "it failed by itself";
	if (why)
		say_failed(why, &plan, outcome);
	else if (outcome->applies && !outcome->status)
		tolerated++;
	return outcome->met;
}

/* Kills a run before its call number CALL, to see which call that is; false when it has none. */
static bool see(unsigned call, struct outcome *outcome)
{
	struct plan plan = {call, NOTHING, true};

	reset();
	run(&plan, outcome);
	return outcome->met;
}

/* The number of the first call whose path has TEXT in it, or 0. */
static unsigned find_call(const char *text)
{
	struct outcome outcome;

	for (unsigned call = 1; see(call, &outcome); call++)
		if (strstr(outcome.detail, text))
			return call;
	printf("%s: no call has %s; status %d; %s\n", label, text, outcome.status, outcome.said);
	exit(2);
}

/*
 * What the seal does to the kernel's helpers and to the keyring can be done once in each boot.  So
 * each call of that part fails first with what surely ends the run there, and only then may the
 * next one be reached; what may be overlooked comes afterwards.
 */
static void try_once_first(void)
{
	static const int errors[] = {EPERM, EACCES, EIO, ENOMEM, ENOSYS, EINVAL, 0};
	unsigned call = find_call("usermodehelper/bset");
	struct outcome outcome;
	bool keys = false;

	for (; see(call, &outcome); call++) {
		keys |= strstr(outcome.detail, "/keys") != NULL;
		if (keys && outcome.name != SYS_keyctl && !strstr(outcome.detail, "/keys"))
			return;
		if (outcome.name == SYS_close)
			continue;
		for (const int *error = errors; *error; error++)
			try(call, *error, &outcome);
		if (outcome.name == SYS_write) {
			try(call, NOTHING, &outcome);
			try(call, CLAIM, &outcome);
		}
	}
}

static void fail_each(void)
{
	unsigned call, calls = 0;
	struct outcome outcome;
	int first = only_errors[0] ? only_errors[0] : EINTR;

	if (sealed && !never)
		try_once_first();
	/* Once with all pauses. */
	if (witness)
		try(0, 0, &outcome);
	for (call = from_path ? find_call(from_path) : 1; try(call, first, &outcome); call++) {
		for (const int *error = errors_of(outcome.name); *error; error++)
			if (*error != first)
				try(call, *error, &outcome);
		if (applies(&last, LESS))
			try(call, LESS, &outcome);
		if (applies(&last, LIE)) {
			try(call, LIE, &outcome);
			try(call, NOTHING, &outcome);
			try(call, CLAIM, &outcome);
		}
		calls++;
	}
	for (int i = 0; i < 512 && messages[i].text; i++)
		printf("%5u %s\n", messages[i].count, messages[i].text);
	printf("%s: %u calls, %u runs, of which %u succeeded nevertheless, %u failures\n", label,
		calls, runs, tolerated, failed);
}

static void kill_each(void)
{
	const struct plan nothing = {0};
	struct plan plan = {1, 0, true};
	struct outcome outcome, again;
	const char *why;

	for (;; plan.call++) {
		reset();
		run(&plan, &outcome);
		if (!outcome.met)
			break;
		run(&nothing, &again);
		why = judge(&nothing, &again);
		if (why || again.status)
			say_failed(why ? why : "run again, it fails", &plan, &again);
	}
	printf("%s: killed after each of %u calls and run again, %u failures\n", label,
		plan.call - 1, failed);
}

static void two_at_once(unsigned count)
{
	const struct plan nothing = {0};
	unsigned i, n, left, eexists = 0, estales = 0;

	for (i = 0; i < 2 * count; i++) {
		struct outcome outcome[2] = {{.status = -2}, {.status = -2}};
		bool observed = i >= count;
		int go[2], said[2][2], status;
		pid_t pid[2], got;

		reset();
		if (pipe2(go, O_CLOEXEC))
			die("pipe");
		for (n = 0; n < 2; n++) {
			if (pipe2(said[n], O_CLOEXEC))
				die("pipe");
			pid[n] = start(go[0], go[1], said[n][1]);
			if (observed)
				seize(pid[n]);
		}
		/* The barrier: both read from it until nobody can write to it. */
		close(go[0]);
		close(go[1]);
		for (left = 2; left && (got = waitpid(-1, &status, __WALL)) > 0;) {
			n = got == pid[1];
			serve(got, status, &nothing, &outcome[n]);
			left -= WIFEXITED(status) || WIFSIGNALED(status);
		}
		for (n = 0; n < 2; n++) {
			close(said[n][1]);
			read_said(said[n][0], outcome[n].said);
			close(said[n][0]);
			eexists += outcome[n].eexists;
			estales += outcome[n].estales;
			if (outcome[n].status || get("policies/site/active") != '1')
				say_failed("two at once", &nothing, &outcome[n]);
		}
	}
	printf("%s: %u times two at once, %u failures; %u of the last %u times one met EEXIST, "
	       "%u times ESTALE\n",
		label, 2 * count, failed, eexists, count, estales);
}

int main(int argc, char **argv)
{
	bool killing = false;
	cpu_set_t one = {0};
	unsigned two = 0;
	int option, securityfs, n = 0;
	char *word;

	setvbuf(stdout, NULL, _IOLBF, 0);
	while ((option = getopt(argc, argv, "+n:b:o:1c:0mixsdwu3e:f:k2:")) != -1) {
		switch (option) {
		case 'n':
			label = optarg;
			break;
		case 'b':
			other_file = optarg;
			break;
		case 'o':
			older_file = optarg;
			break;
		case '1':
			as_init = has_init = true;
			break;
		case 'c':
			new_root = optarg;
			break;
		case '0':
			closed = true;
			break;
		case 'm':
			embedded = true;
			break;
		case 'i':
			has_init = true;
			break;
		case 'x':
			exclusive = true;
			break;
		case 's':
			sealed = true;
			break;
		case 'd':
			filtered = true;
			break;
		case 'w':
			witness = never = true;
			break;
		case 'u':
			never = true;
			break;
		case '3':
			may_be_nothing = true;
			break;
		case 'e':
			for (word = strtok(optarg, ","); word && n < 31; word = strtok(NULL, ","))
				only_errors[n++] = atoi(word);
			break;
		case 'f':
			from_path = optarg;
			break;
		case 'k':
			killing = true;
			break;
		case '2':
			two = (unsigned)atoi(optarg);
			break;
		default:
			return 2;
		}
	}
	program = argv + optind;
	if (!*program || (!other_file && !new_root))
		return 2;
	securityfs = mount_detached("securityfs");
	proc = mount_detached("proc");
	ipe = openat(securityfs, "ipe", O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (ipe < 0)
		die("ipe");
	if (new_root) {
		use_pool(O_RDONLY);
		atexit(keep_pool);
	}
	/* Waking the other processor twice for each call takes most of the time. */
	CPU_SET(0, &one);
	if (!two && sched_setaffinity(0, sizeof(one), &one))
		die("sched_setaffinity");
	if (two)
		two_at_once(two);
	else if (killing)
		kill_each();
	else
		fail_each();
	return failed != 0;
}
