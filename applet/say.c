/*
 * say.c - messages
 *
 * SPDX-License-Identifier: MIT
 */
#include "say.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <unistd.h>

#include "kernfs.h"

/* The kernel's log refuses a longer record (PRINTKRB_RECORD_MAX, kernel/printk/printk.c). */
#define KMSG_MAX 1000
/* "<3>", an error's priority in the kernel's log, stands before the line. */
#define PRIORITY 3

const char *say_applet = "ipe-load";
bool say_quiet;

static char line[PRIORITY + SAY_MAX];
static size_t used; /* of line, from PRIORITY on */
static enum say_kind line_kind;

static void put(char c)
{
	/* one byte stays free for the line feed */
	if (used < SAY_MAX - 1)
		line[PRIORITY + used++] = c;
}

static void put_escaped(const unsigned char *at, size_t left)
{
	for (; left; left--, at++) {
		if (*at >= ' ' && *at < 0x7f) {
			put((char)*at);
		} else {
			put('\\');
			put('x');
			put("0123456789abcdef"[*at >> 4]);
			put("0123456789abcdef"[*at & 15]);
		}
	}
}

static void put_number(unsigned number)
{
	if (number > 9)
		put_number(number / 10);
	put((char)('0' + number % 10));
}

#ifdef PACKED
/* Made by pack/pack.c: a byte from 0x80 on stands for two. */
extern const unsigned char say_pairs[][2];

static void put_prose(unsigned char c)
{
	if (c >= 0x80) {
		put_prose(say_pairs[c - 0x80][0]);
		put_prose(say_pairs[c - 0x80][1]);
	} else {
		put((char)c);
	}
}
#else
#define put_prose(c) put((char)(c))
#endif

static void put_version(const struct policy_version *version)
{
	put_number(version->major);
	put('.');
	put_number(version->minor);
	put('.');
	put_number(version->revision);
}

static void put_format(const char *format, va_list values)
{
	const struct bytes *bytes;
	const char *string;
	size_t length;

	for (; *format; format++) {
		if (*format != '%') {
			put_prose((unsigned char)*format);
			continue;
		}
		switch (*++format) {
		case 'u':
			put_number(va_arg(values, unsigned));
			break;
		case 's':
			string = va_arg(values, const char *);
			put_escaped((const unsigned char *)string, strlen(string));
			break;
		case '.': /* "%.*s" */
			format += 2;
			length = (size_t)va_arg(values, int);
			put_escaped(va_arg(values, const unsigned char *), length);
			break;
		case 'p':
			format++;
			if (*format == 'V') {
				put_version(va_arg(values, const struct policy_version *));
			} else if (*format == 'B') {
				bytes = va_arg(values, const struct bytes *);
				put_escaped(bytes->at, bytes->left);
			} else {
				for (string = va_arg(values, const char *); *string; string++)
					put_prose((unsigned char)*string);
			}
			break;
		default:
			put(*format);
		}
	}
}

static bool write_all(int fd, const char *at, size_t left)
{
	ssize_t wrote;

	while (left) {
		wrote = write(fd, at, left);
		if (wrote < 0 && errno == EINTR)
			continue;
		if (wrote <= 0)
			return false;
		at += wrote;
		left -= (size_t)wrote;
	}
	return true;
}

static void write_kmsg(void)
{
	int devtmpfs, kmsg = kernfs_openat(AT_FDCWD, "/dev/kmsg", O_WRONLY);

	if (kmsg < 0) {
		devtmpfs = kernfs_open("devtmpfs", "", 0);
		if (devtmpfs < 0)
			return;
		kmsg = kernfs_openat(devtmpfs, "kmsg", O_WRONLY);
		close(devtmpfs);
		if (kmsg < 0)
			return;
	}
	line[0] = '<';
	line[1] = line_kind == SAY_NOTE ? '5' : '3';
	line[2] = '>';
	if (used > KMSG_MAX) {
		used = KMSG_MAX;
		line[PRIORITY + used - 1] = '\n';
	}
	write_all(kmsg, line, PRIORITY + used);
	close(kmsg);
}

void say_begin(enum say_kind kind)
{
	line_kind = kind;
	used = 0;
	if (kind <= SAY_NOTE)
		say_add("%s: ", say_applet);
}

void say_add(const char *format, ...)
{
	va_list values;

	va_start(values, format);
	put_format(format, values);
	va_end(values);
}

/* To standard output; says once that it cannot be written. */
static bool write_result(const char *at, size_t left)
{
	static bool told;

	if (write_all(STDOUT_FILENO, at, left))
		return true;
	if (!told)
		say(SAY_ERROR, "standard output: cannot be written");
	told = true;
	return false;
}

bool say_end(void)
{
	if (say_quiet && (line_kind == SAY_NOTE || line_kind == SAY_WARNING))
		return true;
	line[PRIORITY + used++] = '\n';
	if (line_kind == SAY_RESULT)
		return write_result(line + PRIORITY, used);
	if (!write_all(STDERR_FILENO, line + PRIORITY, used))
		write_kmsg();
	return true;
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

/* musl's strerror would bring 2,500 bytes, most of them about networks. */
static const struct {
	int error;
	const char *words;
} meanings[] = {
	{EPERM, "not permitted"},
	{EACCES, "permission denied"},
	{ENOENT, "it does not exist"},
	{EIO, "input/output error"},
	{ENOMEM, "out of memory"},
	{EMFILE, "too many open files"},
	{ENFILE, "too many open files"},
	{EISDIR, "is a directory"},
	{ENOTDIR, "not a directory"},
	{ELOOP, "too many links"},
	{ENOSPC, "no space left"},
	{ENOSYS, "this kernel does not have the system call"},
	{EROFS, "mounted read-only"},
	{ENOEXEC, "not a program of this machine"},
};

void say_add_errno(const char *why, int error)
{
	size_t i;

	say_add("%pW: ", why);
	for (i = 0; i < sizeof(meanings) / sizeof(*meanings); i++) {
		if (meanings[i].error == error) {
			say_add("%pW", meanings[i].words);
			return;
		}
	}
	say_add("errno %u", (unsigned)error);
}

void say_failure(const char *what, const char *why, int error)
{
	say_begin(SAY_ERROR);
	say_add("%s: ", what);
	say_add_errno(why, error);
	say_end();
}

bool say_path(const char *path)
{
	return write_result(path, strlen(path)) && write_result("\n", 1);
}
