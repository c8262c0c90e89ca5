/*
 * setting.c - what the kernel can do here, and how it is set
 *
 * SPDX-License-Identifier: MIT
 */
#define _GNU_SOURCE
#include "status/setting.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "hold/number.h"
#include "kernel/file.h"
#include "kernel/identity.h"
#include "kernel/mount.h"
#include "kernel/proc.h"
#include "status/view.h"

int setting_read(const char *path, struct bytes *content)
{
	int error = proc_read(path, content);

	/* What is covered may look empty. */
	if (error != -ENOENT && (error || content->left > 0))
		return error;
	if (!view_has_all_of_proc())
		return -EACCES;
	/* view_has_all_of_proc() has read another file. */
	return proc_read(path, content);
}

int setting_read_number(const char *path, uint64_t *value)
{
	struct bytes text;
	int error = setting_read(path, &text);

	if (error)
		return error;
	return number_take(&text, 10, value) && bytes_are(text, "\n") ? 0 : -EIO;
}

int setting_read_line(int root, const char *path, struct bytes *line)
{
	struct bytes text;
	int error = root < 0 ? root : file_read_whole(root, path, &text);

	if (error)
		return error;
	bytes_until(&text, line, "\n");
	return 0;
}

/* What is not there may only be hidden. */
static int unless_hidden(int error)
{
	return error == -ENOENT && !view_has_all_of_sysfs() ? -EACCES : error;
}

int setting_read_sysfs(const char *path, struct bytes *line)
{
	return unless_hidden(setting_read_line(mount_sysfs(), path, line));
}

int setting_is_in_sysfs(const char *path)
{
	struct file_identity file;
	int sysfs = mount_sysfs();
	int error = unless_hidden(sysfs < 0 ? sysfs : identity_of(sysfs, path, &file));

	if (error == -ENOENT)
		return 0;
	return error ? error : 1;
}

const char *setting_release(void)
{
	static struct utsname name;

	return uname(&name) ? "" : name.release;
}

/* Is there "rc" and a digit in it, as in "7.3.0-rc2" and "7.3.0-0.rc2.fc45"? */
static bool is_candidate(struct bytes release)
{
	struct bytes rest;
	uint64_t number;

	while (release.left > 0) {
		rest = release;
		if (bytes_skip(&rest, "rc") && number_take(&rest, 10, &number))
			return true;
		(void)bytes_get(&release);
	}
	return false;
}

bool setting_is_since(unsigned major, unsigned minor)
{
	struct bytes release = bytes_of(setting_release());
	uint64_t has_major, has_minor;

	if (!number_take(&release, 10, &has_major) || !bytes_skip(&release, ".") ||
		!number_take(&release, 10, &has_minor))
		return false;
	if (has_major == major && has_minor == minor)
		return !is_candidate(release);
	return has_major > major || (has_major == major && has_minor > minor);
}

/* Is the file there, with that ending?  1, 0 or -errno. */
static int is_there(const char *module, const char *ending)
{
	char path[PATH_MAX];
	char *end = stpcpy(path, "/lib/modules/");
	int fd;

	end = stpcpy(end, setting_release());
	end = stpcpy(end, "/kernel/fs/");
	end = stpcpy(end, module);
	stpcpy(end, ending);
	fd = file_open(AT_FDCWD, path, O_PATH);
	if (fd == -ENOENT || fd == -ENOTDIR)
		return 0;
	if (fd < 0)
		return fd;
	close(fd);
	return 1;
}

int setting_has_filesystem(const struct setting_filesystem *filesystem, const char **where)
{
	/* As modules are compressed (scripts/Makefile.modinst). */
	static const char *const endings[] = {"", ".gz", ".xz", ".zst"};
	struct bytes types;
	int found = setting_read("filesystems", &types);

	*where = "/proc/filesystems";
	if (found < 0)
		return found;
	if (bytes_list_has(types, filesystem->type, "\t\n"))
		return 1;
	*where = "/lib/modules";
	for (unsigned i = 0; found == 0 && i < sizeof(endings) / sizeof(endings[0]); i++)
		found = is_there(filesystem->module, endings[i]);
	return found;
}
