/*
 * race.c - load a module that is changed between IPE's look at it and the kernel's reading
 *
 * Usage: race DIRECTORY FILE MODULE.ko NAME
 *
 * FILE is a large verified file in DIRECTORY, over which this mounts an overlay. What is opened for
 * reading there is the verified file until it is copied up, which a chmod does; from then on it is
 * the copy, which anybody may write to. IPE is asked about the one, and if all goes well the kernel
 * reads the other. Needs three processors; tries for 20 seconds. SPDX-License-Identifier: MIT
 */

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/msg.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "mark.h"

#define SECONDS 20
#define MEASURED 3

static char module[4 << 20], upper[128], merged[128], top[64];
static size_t size;
/* What the processes tell each other. */
static volatile struct {
	int go, stop;
} * shared;

static double now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

/* A new overlay; its directories are named after the number. */
static int overlay(const char *lower, const char *file, int number)
{
	char path[128], options[512];

	snprintf(top, sizeof(top), "/tmp/race%d", number);
	mkdir(top, 0755);
	for (const char *part = "uwm"; *part; part++) {
		snprintf(path, sizeof(path), "%s/%c", top, *part);
		mkdir(path, 0755);
	}
	snprintf(options, sizeof(options), "lowerdir=%s,upperdir=%s/u,workdir=%s/w", lower, top,
		top);
	snprintf(upper, sizeof(upper), "%s/u/%s", top, file);
	snprintf(merged, sizeof(merged), "%s/m/%s", top, file);
	return mount("overlay", path, "overlay", 0, options);
}

/* Copies the file up. */
static pid_t start_copying(void)
{
	pid_t pid = fork();

	if (pid)
		return pid;
	while (!shared->go)
		;
	_exit(chmod(merged, 0700));
}

/* Writes the module over the copy as soon as that is there. */
static pid_t start_writing(void)
{
	pid_t pid = fork();
	int fd = -1;

	if (pid)
		return pid;
	while (!shared->go)
		;
	while (fd < 0 && !shared->stop)
		fd = open(upper, O_WRONLY);
	_exit(fd < 0 || pwrite(fd, module, size, 0) < 0);
}

int main(int argc, char **argv)
{
	double start = now(), began, takes = 0, wait;
	int fd, tries, status, loaded = 0;
	pid_t copying, writing;

	if (argc < 5)
		return 2;
	fd = open(argv[3], O_RDONLY);
	size = (size_t)read(fd, module, sizeof(module));
	close(fd);
	shared = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	for (tries = 0; !loaded && now() - start < SECONDS; tries++) {
		if (overlay(argv[1], argv[2], tries)) {
			perror("overlay");
			return 2;
		}
		fd = open(merged, O_RDONLY);
		shared->go = shared->stop = 0;
		copying = start_copying();
		writing = start_writing();
		/* From half to all of the time that copying took, and a little more. */
		wait = takes * (0.5 + 0.6 * (rand() % 1000) / 1000);
		began = now();
		shared->go = 1;
		if (tries >= MEASURED) {
			while (now() - began < wait)
				;
			loaded = !syscall(SYS_finit_module, fd, "", 0);
		}
		waitpid(copying, &status, 0);
		if (tries < MEASURED)
			takes = now() - began;
		shared->stop = 1;
		waitpid(writing, &status, 0);
		close(fd);
		*strrchr(merged, '/') = 0;
		umount2(merged, MNT_DETACH);
		unlink(upper);
	}
	printf("%s after %d tries\n", loaded ? "loaded" : "not loaded", tries);
	if (!loaded)
		return 1;
	msgget(MARK_KEY, MARK_MODE);
	syscall(SYS_delete_module, argv[4], O_NONBLOCK);
	return 0;
}
