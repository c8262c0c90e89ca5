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
 *   -c DIR     the hand-over: chroot to DIR, the root of a mount, in which /pool/N.p7b are messages
 *              of ever higher versions, of "other" where N is even and of "site" where it is odd;
 *              IPE is set to be permissive before each run
 *   -i         PROGRAM executes another program once it has succeeded
 *   -x         no policy but "site" may be left
 *   -s         that program may not have CAP_MAC_ADMIN; -d: and must have a seccomp filter
 *   -w         the process beside it has a file of IPE's open: it may never succeed; only the calls
 * up to its first pause fail, and pauses are left out -e LIST    only these errors, by number, with
 * commas between -f TEXT    begin with the first call whose path has TEXT in it -k         instead:
 * kill it after each system call, and run it again -2 COUNT   instead: two at once, COUNT times
 * unobserved and COUNT times observed
 *
 * Prints each failure, each message with the number of runs that ended with it, and the counts.
 * Status 1 if a run failed, 2 if nothing could be tried.
 *
 * x86-64 only.  SPDX-License-Identifier: MIT
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <sched.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
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

static const int all_errors[] = {EPERM, EACCES, ENOENT, EINTR, EIO, ENOMEM, ENOSPC, EMFILE, ENOSYS,
	EROFS, EEXIST, ESTALE, EINVAL, ENODEV, EBUSY, 0};

static const char *label = "", *other_file, *older_file, *new_root;
static bool witness, as_init, has_init, exclusive, sealed, filtered;
static int errors[32];
static const char *from_path;
static char **program;
static int ipe, proc;
static unsigned pool; /* the even number of the next pair in it */
static unsigned runs, failed, tolerated;
static bool paused;                  /* the run has come to its first pause */
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

static void put_file(const char *node, const char *file)
{
	static char buffer[70000];
	int fd = open(file, O_RDONLY | O_CLOEXEC);
	ssize_t size = fd < 0 ? -1 : read(fd, buffer, sizeof(buffer));

	if (size <= 0)
		die("%s", file);
	close(fd);
	errno = put(node, buffer, (size_t)size);
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
			if (link(pool_file(pool + 1, new_root), site))
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
	bool kill;
};

struct outcome {
	int status;       /* -1: killed by us */
	bool met;         /* the call was made */
	bool applies;     /* and can suffer that */
	bool began;       /* the program that it executes did begin */
	const char *lack; /* what that program ought to have or not to have */
	long name;        /* the call's */
	char detail[64];  /* and its path, if it has one */
	unsigned calls, eexists;
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
		return at->orig_rax == SYS_write;
	}
	return true;
}

static bool is_pause(const struct user_regs_struct *at)
{
	return at->orig_rax == SYS_nanosleep || at->orig_rax == SYS_clock_nanosleep;
}

static const char *call_name(long number)
{
	static const struct {
		long number;
		const char *name;
	} names[] = {{SYS_read, "read"}, {SYS_pread64, "pread64"}, {SYS_write, "write"},
		{SYS_openat, "openat"}, {SYS_openat2, "openat2"}, {SYS_close, "close"},
		{SYS_statfs, "statfs"}, {SYS_statx, "statx"}, {SYS_fsopen, "fsopen"},
		{SYS_fsconfig, "fsconfig"}, {SYS_fsmount, "fsmount"}, {SYS_fcntl, "fcntl"},
		{SYS_getdents64, "getdents64"}, {SYS_readlinkat, "readlinkat"},
		{SYS_execve, "execve"}, {SYS_prctl, "prctl"}, {SYS_capget, "capget"},
		{SYS_capset, "capset"}, {SYS_keyctl, "keyctl"}, {SYS_seccomp, "seccomp"},
		{SYS_ioctl, "ioctl"}, {SYS_poll, "poll"}, {SYS_nanosleep, "nanosleep"},
		{SYS_clock_nanosleep, "clock_nanosleep"}};
	static char other[32];

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (names[i].number == number)
			return names[i].name;
	snprintf(other, sizeof(other), "call %ld", number);
	return other;
}

/* The path that the call is given. */
static void read_detail(pid_t pid, const struct user_regs_struct *at, char detail[64])
{
	unsigned long long from = 0;
	long word;

	detail[0] = 0;
	if (at->orig_rax == SYS_openat || at->orig_rax == SYS_openat2 ||
		at->orig_rax == SYS_statx || at->orig_rax == SYS_fsopen)
		from = at->orig_rax == SYS_fsopen ? at->rdi : at->rsi;
	if (at->orig_rax == SYS_statfs || at->orig_rax == SYS_execve)
		from = at->rdi;
	for (unsigned i = 0; from && i + 8 < 64; i += 8) {
		word = ptrace(PTRACE_PEEKDATA, pid, (void *)(from + i), 0);
		memcpy(detail + i, &word, 8);
		detail[i + 8] = 0;
		if (memchr(&word, 0, 8))
			break;
	}
}

/* Starts PROGRAM, which waits until go is closed; standard error goes to said. */
static pid_t start(int go, int go_end, int said)
{
	long flags = SIGCHLD | (as_init ? CLONE_NEWPID : 0);
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

/* At the beginning of the program that PROGRAM executes: what is wrong, or null. */
static const char *find_lack(pid_t pid)
{
	static const char *const sets[] = {"CapInh:", "CapPrm:", "CapEff:", "CapBnd:", "CapAmb:"};

	if (get("policies/site/active") != '1')
		return "it began though the policy is not active";
	for (int i = 0; sealed && i < 5; i++)
		if (status_line(pid, sets[i]) >> CAP_MAC_ADMIN & 1)
			return "it has CAP_MAC_ADMIN";
	if (filtered && status_line(pid, "Seccomp:") != 2)
		return "it has no seccomp filter";
	return NULL;
}

/* Entry and exit of one call. */
static void at_stop(pid_t pid, bool entry, const struct plan *plan, struct outcome *outcome)
{
	static bool suffers;
	struct user_regs_struct at;

	if (ptrace(PTRACE_GETREGS, pid, 0, &at))
		die("GETREGS");
	if (!entry) {
		if (at.orig_rax == SYS_write && at.rax == (unsigned long long)-EEXIST)
			outcome->eexists++;
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
		else if (plan->error == LIE)
			at.rax--;
		else
			return;
	} else {
		suffers = false;
		if (witness && is_pause(&at)) {
			paused = true;
			at.orig_rax = (unsigned long long)-1;
			ptrace(PTRACE_SETREGS, pid, 0, &at);
			return;
		}
		if (is_excepted(&at) || paused || ++outcome->calls != plan->call)
			return;
		outcome->met = true;
		last = at;
		outcome->name = (long)at.orig_rax;
		read_detail(pid, &at, outcome->detail);
		outcome->applies = plan->kill || applies(&at, plan->error);
		if (!outcome->applies)
			return;
		suffers = true;
		if (plan->kill)
			return;
		if (plan->error > 0 || plan->error == NOTHING)
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
	paused = false;
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

static void count_message(const char *text)
{
	for (int i = 0; i < 512; i++) {
		if (!messages[i].text)
			messages[i].text = strdup(text);
		if (!strcmp(messages[i].text, text)) {
			messages[i].count++;
			return;
		}
	}
}

static bool others_left(void)
{
	return get("policies/other/active") != 0;
}

/* What is wrong with a run that nobody killed, or null. */
static const char *judge(const struct plan *plan, struct outcome *outcome)
{
	static const char active_words[] = " is active and enforced\n";
	bool active = get("policies/site/active") == '1';
	char *said = outcome->said, *end = strchr(said, '\n');

	if (outcome->lack)
		return outcome->lack;
	if (outcome->status == 0) {
		if (!active)
			return "status 0 though the policy is not active";
		if (has_init && !outcome->began)
			return "status 0 though nothing was executed";
		/* The kernel's word that what is to be deleted does not exist is taken. */
		if (exclusive && others_left() && plan->error != ENOENT)
			return "status 0 though another policy is left";
		if (new_root && get("enforce") != '1')
			return "status 0 though IPE does not enforce";
		return NULL;
	}
	if (outcome->status != 1)
		return "neither status 0 nor 1";
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
	if (!end)
		return "no message";
	if (end[1])
		return "more than one line";
	count_message(said);
	if (strncmp(said, "ipe-load: ", 10) || !strstr(said + 10, ": "))
		return "a message that does not say what and why";
	return NULL;
}

static void say_failed(const char *why, const struct plan *plan, const struct outcome *outcome)
{
	failed++;
	printf("FAILED %s: call %u, %s(%s)", label, plan->call, call_name(outcome->name),
		outcome->detail);
	if (plan->kill)
		printf(" killed");
	else if (plan->error > 0)
		printf(" %s", strerror(plan->error));
	else
		printf(" does %s", plan->error == LESS      ? "less"
				   : plan->error == LIE     ? "more than it says"
				   : plan->error == NOTHING ? "nothing"
							    : "what it should");
	printf(": %s: status %d; %s\n", why, outcome->status, outcome->said);
}

/* One run and its verdict; false when there are not that many calls. */
static bool try(unsigned call, int error)
{
	struct plan plan = {call, error, false};
	struct outcome outcome;
	const char *why;

	reset();
	run(&plan, &outcome);
	runs += outcome.applies;
	why = judge(&plan, &outcome);
	/* Without a fault it succeeds. */
	if (!why && !outcome.status && witness)
		why = "it succeeded though another process can undo it";
	if (!why && outcome.status && !witness && (!outcome.met || !outcome.applies))
		why = "it failed by itself";
	if (why)
		say_failed(why, &plan, &outcome);
	else if (outcome.applies && !outcome.status)
		tolerated++;
	return outcome.met;
}

/* The number of the first call whose path has TEXT in it, or 0. */
static unsigned find_call(const char *text)
{
	struct plan plan = {1, 0, true};
	struct outcome outcome;

	for (;; plan.call++) {
		reset();
		run(&plan, &outcome);
		if (!outcome.met) {
			printf("%s: no call has %s; status %d; %s\n", label, text, outcome.status,
				outcome.said);
			exit(2);
		}
		if (strstr(outcome.detail, text))
			return plan.call;
	}
}

/* The sets of the kernel's helpers can only be cleared, once in each boot: where that is done,
 * every error that ends the run comes first. */
static void try_helpers_first(void)
{
	unsigned call = find_call("usermodehelper");

	for (int i = 0; i < 12; i++)
		for (const int *error = errors; *error; error++)
			if (*error != EINTR && !try(call + (unsigned)i, *error))
				return;
}

static void fail_each(void)
{
	unsigned call, calls = 0;

	if (sealed && !filtered && !witness)
		try_helpers_first();
	for (call = from_path ? find_call(from_path) : 1; try(call, errors[0]); call++) {
		for (const int *error = errors + 1; *error; error++)
			try(call, *error);
		/* Which call it is was seen. */
		if (applies(&last, LESS))
			try(call, LESS);
		if (applies(&last, LIE)) {
			try(call, LIE);
			try(call, NOTHING);
		}
		calls = call;
	}
	for (int i = 0; i < 512 && messages[i].text; i++)
		printf("%5u %s", messages[i].count, messages[i].text);
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
	unsigned i, n, left, eexists = 0;

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
			if (outcome[n].status || get("policies/site/active") != '1')
				say_failed("two at once", &nothing, &outcome[n]);
		}
	}
	printf("%s: %u times two at once, %u failures; %u of the last %u times one met EEXIST\n",
		label, 2 * count, failed, eexists, count);
}

int main(int argc, char **argv)
{
	bool killing = false;
	cpu_set_t one = {0};
	unsigned two = 0;
	int option, securityfs, n = 0;
	char *word;

	setvbuf(stdout, NULL, _IOLBF, 0);
	memcpy(errors, all_errors, sizeof(all_errors));
	while ((option = getopt(argc, argv, "+n:b:o:1c:ixsdwe:f:k2:")) != -1) {
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
			witness = true;
			break;
		case 'e':
			memset(errors, 0, sizeof(errors));
			for (word = strtok(optarg, ","); word && n < 31; word = strtok(NULL, ","))
				errors[n++] = atoi(word);
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
	if (!*program || (!other_file && !new_root) || !errors[0])
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
