/*
 * say.c - messages
 *
 * SPDX-License-Identifier: MIT
 */
#define _GNU_SOURCE
#include "say.h"

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/uio.h>
#include <unistd.h>

#include "errno_words.h"
#include "kernel/file.h"
#include "kernel/mount.h"
#include "kernel/signal.h"
#include "policy/bytes.h"
#include "policy/text.h"

/* The kernel's log refuses a longer record (PRINTKRB_RECORD_MAX, kernel/printk/printk.c). */
#define KMSG_LONGEST 1000

static const char *applet = "ipe-load";
static bool errors_only;
static bool all_results_written = true;
static struct signal_action former_sigpipe;

/* The line that is being put together. */
static char line[SAY_LONGEST];
static size_t length;
static enum say_kind line_kind;

void say_start(const char *name)
{
	static const struct signal_action ignore = {.handler = SIG_IGN};

	applet = name;
	signal_set(SIGPIPE, &ignore, &former_sigpipe);
}

void say_restore_sigpipe(void)
{
	signal_set(SIGPIPE, &former_sigpipe, NULL);
}

void say_errors_only(void)
{
	errors_only = true;
}

bool say_is_errors_only(void)
{
	return errors_only;
}

/* ---- putting a line together ---- */

static void add_byte(char byte)
{
	/* One place is kept for the line feed. */
	if (length < sizeof(line) - 1)
		line[length++] = byte;
}

static void add_escaped(struct bytes text)
{
	static const char digits[] = "0123456789abcdef";
	int byte;

	while ((byte = bytes_get(&text)) >= 0) {
		if (byte >= 0x20 && byte <= 0x7e) {
			add_byte((char)byte);
		} else {
			add_byte('\\');
			add_byte('x');
			add_byte(digits[byte / 16]);
			add_byte(digits[byte % 16]);
		}
	}
}

static void add_number(unsigned number)
{
	if (number > 9)
		add_number(number / 10);
	add_byte((char)('0' + number % 10));
}

static void add_version(const struct policy_version *version)
{
	add_number(version->major);
	add_byte('.');
	add_number(version->minor);
	add_byte('.');
	add_number(version->revision);
}

void say_add_list(const char *format, va_list values)
{
	for (; *format; format++) {
		if (*format != '%') {
			add_byte(*format);
			continue;
		}
		format++;
		if (*format == 's')
			add_escaped(bytes_of(va_arg(values, const char *)));
		else if (*format == 'u')
			add_number(va_arg(values, unsigned));
		else if (*++format == 'B') /* behind the p */
			add_escaped(*va_arg(values, const struct bytes *));
		else
			add_version(va_arg(values, const struct policy_version *));
	}
}

void say_begin(enum say_kind kind)
{
	line_kind = kind;
	length = 0;
	if (kind == SAY_ERROR || kind == SAY_NOTE)
		say_add("%s: ", applet);
}

void say_add(const char *format, ...)
{
	va_list values;

	va_start(values, format);
	say_add_list(format, values);
	va_end(values);
}

void say_add_errno(int error)
{
	const char *words = errno_words(abs(error));

	if (words)
		say_add(": %s", words);
	else
		say_add(": errno %u", (unsigned)abs(error));
}

void say_add_until_column(unsigned column)
{
	do
		add_byte(' ');
	while (length < column);
}

/* ---- writing it ---- */

static int open_kmsg(void)
{
	int devtmpfs, kmsg = file_open(AT_FDCWD, "/dev/kmsg", O_WRONLY);

	if (kmsg >= 0)
		return kmsg;
	devtmpfs = mount_devtmpfs();
	return devtmpfs < 0 ? devtmpfs : file_open(devtmpfs, "kmsg", O_WRONLY);
}

/* Writes the line as one record, with its priority before it. */
static void write_to_kmsg(void)
{
	struct iovec record[] = {{line_kind == SAY_NOTE ? "<5>" : "<3>", 3}, {line, length}};
	int kmsg = open_kmsg();

	if (kmsg < 0)
		return;
	if (length > KMSG_LONGEST) {
		record[1].iov_len = KMSG_LONGEST;
		line[KMSG_LONGEST - 1] = '\n';
	}
	/* If it fails there is nobody left to tell. */
	(void)!writev(kmsg, record, 2);
	close(kmsg);
}

static bool write_result(const char *text, size_t size)
{
	if (file_write(STDOUT_FILENO, text, size) == 0)
		return true;
	if (all_results_written)
		fail("standard output: cannot be written");
	all_results_written = false;
	return false;
}

bool say_all_results_written(void)
{
	return all_results_written;
}

bool say_end(void)
{
	if (line_kind == SAY_NOTE && errors_only)
		return true;
	line[length++] = '\n';
	if (line_kind == SAY_RESULT)
		return write_result(line, length);
	if (file_write(STDERR_FILENO, line, length))
		write_to_kmsg();
	return true;
}

/* ---- whole lines ---- */

static bool say_list(enum say_kind kind, const char *format, va_list values)
{
	say_begin(kind);
	say_add_list(format, values);
	return say_end();
}

bool say(enum say_kind kind, const char *format, ...)
{
	va_list values;
	bool said;

	va_start(values, format);
	said = say_list(kind, format, values);
	va_end(values);
	return said;
}

bool fail(const char *format, ...)
{
	va_list values;

	va_start(values, format);
	say_list(SAY_ERROR, format, values);
	va_end(values);
	return false;
}

bool fail_errno(int error, const char *format, ...)
{
	va_list values;

	say_begin(SAY_ERROR);
	va_start(values, format);
	say_add_list(format, values);
	va_end(values);
	say_add_errno(error);
	say_end();
	return false;
}

bool say_verbatim(const char *text)
{
	return write_result(text, strlen(text));
}
