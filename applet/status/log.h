/*
 * log.h - the lines of the kernel's log, or of a file
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STATUS_LOG_H
#define STATUS_LOG_H

#include "policy/bytes.h"

struct log {
	int fd;
	bool kernel; /* it is /dev/kmsg, where a read(2) gives one record */
	bool lost;   /* after log_next(): the kernel overwrote records before they were read */

	/* What was read of a file, and how much of it was not handed out yet. */
	unsigned char buffer[65536];
	struct bytes unread;
	bool ended;
};

/* Opens FILE ("-": standard input; null: the kernel's log, which is reached also where /dev is not
 * mounted).  Returns 0 or -errno. */
int log_open(struct log *log, const char *file);

/*
 * Gets the next line, without its line feed.  Of one that is longer than RECORD_LINE_LONGEST, the
 * beginning.  It is valid until the next call.  The kernel's log is not waited for.
 *
 * Returns 1, 0 after the last line, or -errno.
 */
int log_next(struct log *log, struct bytes *line);

void log_close(struct log *log);

#endif
