/*
 * say.c - messages
 *
 * SPDX-License-Identifier: MIT
 */
#include "say.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>

#include "kernel/kernfs.h"
#include "kernel/system.h"

/* The kernel's log refuses a longer record (PRINTKRB_RECORD_MAX, kernel/printk/printk.c). */
#define KMSG_MAX 1000
/* "<3>", an error's priority in the kernel's log, stands before the line. */
#define PRIORITY 3

const char *say_applet = "ipe-load";
bool say_quiet, say_strict;
unsigned say_errors;
struct say_place say_place;

static char line[PRIORITY + SAY_MAX];
static unsigned used; /* of line, from PRIORITY on */
static enum say_kind line_kind;

static void put(int c)
{
	size_t at = used;

	/* one byte stays free for the line feed */
	if (at >= SAY_MAX - 1)
		return;
	line[PRIORITY + at] = (char)c;
	used++;
}

static void put_digit(int digit)
{
	put(digit + (digit > 9 ? 'a' - 10 : '0'));
}

static void put_escaped(struct bytes text)
{
	int byte;

	while ((byte = bytes_get(&text)) >= 0) {
		if (byte >= ' ' && byte < 0x7f) {
			put(byte);
		} else {
			put('\\');
			put('x');
			put_digit(byte >> 4);
			put_digit(byte & 15);
		}
	}
}

static void put_number(unsigned number)
{
	if (number > 9)
		put_number(number / 10);
	put('0' + (int)(number % 10));
}

static void put_version(const struct policy_version *version)
{
	put_number((unsigned)(version->number >> 32));
	put('.');
	put_number((uint16_t)(version->number >> 16));
	put('.');
	put_number((uint16_t)version->number);
}

/* musl's strerror would bring 2,500 bytes, most of them about networks. */
static void put_errno(int error)
{
	static const unsigned char errors[] = {EPERM, EACCES, ENOENT, EIO, ENOMEM, EMFILE, ENFILE,
		EISDIR, ENOTDIR, ELOOP, ENOSPC, ENOSYS, EROFS, ENOEXEC, ENAMETOOLONG, EBADF};
	static const char *const meanings = "not permitted\0"
					    "permission denied\0"
					    "it does not exist\0"
					    "input/output error\0"
					    "out of memory\0"
					    "too many open files\0"
					    "too many open files\0"
					    "is a directory\0"
					    "not a directory\0"
					    "too many links\0"
					    "no space left\0"
					    "this kernel does not have the system call\0"
					    "mounted read-only\0"
					    "not a program of this machine\0"
					    "too long a name\0"
					    "not open\0"
					    "errno ";
	unsigned index = 0;

	if (error < 0)
		error = -error;
	while (index < sizeof(errors) && errors[index] != error)
		index++;
	put_escaped(bytes_of(bytes_word(meanings, index)));
	if (index == sizeof(errors))
		put_number((unsigned)error);
}

static void put_format(const char *format, va_list values)
{
	const void *value;

	for (format = format; *format; format++) {
		if (*format != '%') {
			put(*format);
			continue;
		}
		/* A number fills a pointer's place, wherever there are va_lists. */
		value = va_arg(values, const void *);
		format++;
		if (*format == 'p')
			format++;
		if (*format == 'u')
			put_number((unsigned)(uintptr_t)value);
		else if (*format == 'i')
			put_errno((int)(uintptr_t)value);
		else if (*format == 'V')
			put_version(value);
		else
			put_escaped(
				*format == 's' ? bytes_of(value) : *(const struct bytes *)value);
	}
}

static bool write_all(int fd, const char *at, size_t left)
{
	long wrote;

	while (left) {
		wrote = sys_write(fd, at, left);
		if (wrote == -EINTR)
			continue;
		if (wrote <= 0)
			return false;
		at += wrote;
		left -= (size_t)wrote;
	}
	return true;
}

static void write_kmsg(unsigned length)
{
	/* Kept: a message each would be a descriptor each. */
	static int devtmpfs = -1;
	int kmsg = kernfs_openat(AT_FDCWD, "/dev/kmsg", O_WRONLY);

	if (kmsg < 0) {
		if (devtmpfs < 0)
			devtmpfs = kernfs_open("devtmpfs", "", 0);
		kmsg = kernfs_openat(devtmpfs, "kmsg", O_WRONLY);
	}
	line[0] = '<';
	line[1] = line_kind == SAY_NOTE ? '5' : '3';
	line[2] = '>';
	if (length > KMSG_MAX) {
		length = KMSG_MAX;
		line[PRIORITY + KMSG_MAX - 1] = '\n';
	}
	write_all(kmsg, line, PRIORITY + length);
	kernfs_close(kmsg);
}

static void put_place(bool warning)
{
	say_add("%s:", say_place.file);
	if (say_place.line)
		say_add("%u:", say_place.line);
	if (say_place.column)
		say_add("%u:", say_place.column);
	say_place.column = 0;
	say_add(warning ? " warning: " : " error: ");
}

void say_begin(enum say_kind kind)
{
	if (kind == SAY_WARNING && say_strict)
		kind = SAY_FINDING;
	line_kind = kind;
	used = 0;
	if (kind <= SAY_NOTE)
		say_add("%s: ", say_applet);
	else if (kind <= SAY_FINDING)
		put_place(kind == SAY_WARNING);
}

void say_pad(unsigned column)
{
	do
		put(' ');
	while (used < column);
}

/* To standard output; says once that it cannot be written. */
static bool write_result(const char *at, size_t left)
{
	static bool told;

	if (write_all(1, at, left))
		return true;
	if (!told)
		say(SAY_ERROR, "standard output: cannot be written");
	told = true;
	return false;
}

bool say_end(void)
{
	unsigned length = used;

	if (say_quiet && (line_kind == SAY_NOTE || line_kind == SAY_WARNING))
		return true;
	if (line_kind == SAY_ERROR || line_kind == SAY_FINDING)
		say_errors++;
	line[PRIORITY + length++] = '\n';
	if (line_kind == SAY_RESULT)
		return write_result(line + PRIORITY, length);
	if (!write_all(2, line + PRIORITY, length))
		write_kmsg(length);
	return true;
}

void say_add(const char *format, ...)
{
	va_list values;

	va_start(values, format);
	put_format(format, values);
	va_end(values);
}

bool say(enum say_kind kind, const char *format, ...)
{
	va_list values;

	say_begin(kind);
	va_start(values, format);
	put_format(format, values);
	va_end(values);
	return say_end();
}

bool say_failure(const char *what, const char *why, int error)
{
	say(SAY_ERROR, "%s: %s: %i", what, why, error);
	return false;
}

bool say_path(const char *path)
{
	if (!write_result(path, strlen(path)))
		return false;
	return write_result("\n", 1);
}
