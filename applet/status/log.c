/*
 * log.c - the lines of the kernel's log, or of a file
 *
 * SPDX-License-Identifier: MIT
 */
#define _GNU_SOURCE
#include "status/log.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "kernel/file.h"
#include "kernel/mount.h"
#include "status/record.h"

static int open_kmsg(void)
{
	int devtmpfs, kmsg = file_open(AT_FDCWD, "/dev/kmsg", O_RDONLY | O_NONBLOCK);

	if (kmsg != -ENOENT)
		return kmsg;
	devtmpfs = mount_devtmpfs();
	return devtmpfs < 0 ? kmsg : file_open(devtmpfs, "kmsg", O_RDONLY | O_NONBLOCK);
}

int log_open(struct log *log, const char *file)
{
	log->kernel = !file;
	log->lost = false;
	log->unread.left = 0;
	log->ended = false;
	if (!file)
		log->fd = open_kmsg();
	else if (!strcmp(file, "-"))
		log->fd = STDIN_FILENO;
	else
		log->fd = file_open(AT_FDCWD, file, O_RDONLY);
	return log->fd < 0 ? log->fd : 0;
}

/* Reads what comes next, as much as there is room for.  As log_next(). */
static int fill(struct log *log)
{
	ssize_t got;

	do
		got = read(log->fd, log->buffer, sizeof(log->buffer));
	while (got < 0 && errno == EINTR);
	if (got < 0)
		return -errno;
	log->unread = (struct bytes){log->buffer, (size_t)got};
	return got > 0;
}

/* devkmsg_read() in kernel/printk/printk.c: the record's first line is the message; behind it there
 * may be lines with what the message is about. */
static int next_record(struct log *log, struct bytes *line)
{
	int got;

	while ((got = fill(log)) == -EPIPE)
		log->lost = true;
	if (got == -EAGAIN)
		return 0;
	if (got > 0)
		(void)bytes_until(&log->unread, line, "\n");
	return got;
}

/* Puts the part behind what there is of the line, as far as it fits. */
static size_t append(unsigned char *line, size_t length, struct bytes part)
{
	size_t room = RECORD_LINE_LONGEST - length;
	struct bytes fitting;

	if (!bytes_take(&part, part.left < room ? part.left : room, &fitting) || !fitting.left)
		return length;
	memcpy(line + length, fitting.at, fitting.left);
	return length + fitting.left;
}

static int next_line(struct log *log, struct bytes *line)
{
	static unsigned char text[RECORD_LINE_LONGEST];
	struct bytes part;
	size_t length = 0;
	bool any = false;
	int got;

	while (!log->ended) {
		if (!log->unread.left) {
			got = fill(log);
			if (got < 0)
				return got;
			log->ended = !got;
			continue;
		}
		any = true;
		if (bytes_until(&log->unread, &part, "\n")) {
			length = append(text, length, part);
			break;
		}
		length = append(text, length, part);
	}
	*line = (struct bytes){text, length};
	return any;
}

int log_next(struct log *log, struct bytes *line)
{
	return log->kernel ? next_record(log, line) : next_line(log, line);
}

void log_close(struct log *log)
{
	if (log->fd != STDIN_FILENO)
		close(log->fd);
}
