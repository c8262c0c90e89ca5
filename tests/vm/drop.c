/*
 * drop.c - run a program without some capabilities
 *
 * Usage: drop CAPABILITY... -- PROGRAM [ARGUMENT]...
 *
 * CAPABILITY is a name (mac_admin, cap_mac_admin, CAP_MAC_ADMIN), a number, or ALL. Each is taken
 * from the ambient, bounding, effective, permitted and inheritable sets, so that root's exec does
 * not bring it back. Status 126 if one cannot be taken, 127 if PROGRAM cannot be executed.
 *
 * SPDX-License-Identifier: MIT
 */

#include <linux/capability.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

/* In the order of linux/capability.h. */
static const char *const names[] = {"chown", "dac_override", "dac_read_search", "fowner", "fsetid",
	"kill", "setgid", "setuid", "setpcap", "linux_immutable", "net_bind_service",
	"net_broadcast", "net_admin", "net_raw", "ipc_lock", "ipc_owner", "sys_module", "sys_rawio",
	"sys_chroot", "sys_ptrace", "sys_pacct", "sys_admin", "sys_boot", "sys_nice",
	"sys_resource", "sys_time", "sys_tty_config", "mknod", "lease", "audit_write",
	"audit_control", "setfcap", "mac_override", "mac_admin", "syslog", "wake_alarm",
	"block_suspend", "audit_read", "perfmon", "bpf", "checkpoint_restore"};

#define COUNT (sizeof(names) / sizeof(names[0]))

_Static_assert(COUNT == CAP_LAST_CAP + 1, "a name for each capability");

/* The bits that one argument stands for, or 0 if it is none. */
static uint64_t bits(const char *word)
{
	if (!strcasecmp(word, "all"))
		return (UINT64_C(1) << COUNT) - 1;
	if (!strncasecmp(word, "cap_", 4))
		word += 4;
	for (size_t i = 0; i < COUNT; i++)
		if (!strcasecmp(word, names[i]))
			return UINT64_C(1) << i;

	char *end;
	unsigned long number = strtoul(word, &end, 10);

	return end != word && !*end && number < 64 ? UINT64_C(1) << number : 0;
}

static int drop(uint64_t gone)
{
	struct __user_cap_header_struct header = {_LINUX_CAPABILITY_VERSION_3, 0};
	struct __user_cap_data_struct data[2];

	for (int i = 0; i < 64; i++) {
		if (!(gone >> i & 1) || prctl(PR_CAPBSET_READ, i, 0, 0, 0) < 0)
			continue;
		if (prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_LOWER, i, 0, 0) ||
			prctl(PR_CAPBSET_DROP, i, 0, 0, 0))
			return -1;
	}
	if (syscall(SYS_capget, &header, data))
		return -1;
	for (int i = 0; i < 2; i++) {
		uint32_t keep = ~(uint32_t)(gone >> 32 * i);

		data[i].effective &= keep;
		data[i].permitted &= keep;
		data[i].inheritable &= keep;
	}
	return syscall(SYS_capset, &header, data) ? -1 : 0;
}

int main(int argc, char **argv)
{
	uint64_t gone = 0;
	int i;

	for (i = 1; i < argc && strcmp(argv[i], "--"); i++) {
		uint64_t one = bits(argv[i]);

		if (!one) {
			fprintf(stderr, "drop: no such capability: %s\n", argv[i]);
			return 2;
		}
		gone |= one;
	}
	if (i + 1 >= argc) {
		fputs("usage: drop CAPABILITY... -- PROGRAM [ARGUMENT]...\n", stderr);
		return 2;
	}
	if (drop(gone)) {
		perror("drop");
		return 126;
	}
	execvp(argv[i + 1], argv + i + 1);
	perror(argv[i + 1]);
	return 127;
}
