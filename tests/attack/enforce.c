/*
 * enforce.c - write 0 to IPE's enforce
 *
 * Usage: enforce [allcaps|detached|user|fd N]
 *
 * Without an argument through its path. allcaps: after raising every capability that is left into
 * all sets, and asking for CAP_MAC_ADMIN again. detached: through a mount of securityfs of its own.
 * user: give up root and execute "enforce-setuid" beside it, which belongs to root and is setuid.
 * SPDX-License-Identifier: MIT
 */

#include <fcntl.h>
#include <linux/capability.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

static void raise_all(void)
{
	struct __user_cap_header_struct header = {_LINUX_CAPABILITY_VERSION_3, 0};
	struct __user_cap_data_struct data[2];

	syscall(SYS_capget, &header, data);
	for (int i = 0; i < 2; i++)
		data[i].inheritable = data[i].effective = data[i].permitted;
	syscall(SYS_capset, &header, data);
	for (int i = 0; i <= CAP_LAST_CAP; i++)
		prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, i, 0, 0);
	data[1].effective |= CAP_TO_MASK(CAP_MAC_ADMIN);
	data[1].permitted |= CAP_TO_MASK(CAP_MAC_ADMIN);
	data[1].inheritable |= CAP_TO_MASK(CAP_MAC_ADMIN);
	syscall(SYS_capset, &header, data);
}

static int detached(void)
{
	int context = (int)syscall(SYS_fsopen, "securityfs", 0);

	syscall(SYS_fsconfig, context, 6, NULL, NULL, 0);
	context = (int)syscall(SYS_fsmount, context, 0, 0);
	return openat(context, "ipe/enforce", O_WRONLY);
}

int main(int argc, char **argv)
{
	const char *how = argc > 1 ? argv[1] : "";
	int fd;

	if (!strcmp(how, "user")) {
		if (setgid(1000) || setuid(1000))
			return 2;
		execl("/attack/enforce-setuid", "enforce-setuid", NULL);
		perror("enforce-setuid");
		return 2;
	}
	if (!strcmp(how, "allcaps")) {
		raise_all();
		/* In a child, and once more after an exec. */
		if (!fork()) {
			execl("/proc/self/exe", "enforce", NULL);
			_exit(2);
		}
	}
	if (!strcmp(how, "detached"))
		fd = detached();
	else if (!strcmp(how, "fd"))
		fd = atoi(argv[2]);
	else
		fd = open("/sys/kernel/security/ipe/enforce", O_WRONLY);
	if (fd < 0 || write(fd, "0", 1) != 1) {
		perror("enforce");
		return 1;
	}
	return 0;
}
