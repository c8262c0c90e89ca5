/*
 * ipe.c - IPE's directory in securityfs
 *
 * SPDX-License-Identifier: MIT
 */
#define _GNU_SOURCE
#include "kernel/ipe.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "kernel/file.h"
#include "kernel/mount.h"

/* The longest of the names of a policy's nodes (policy_fs.c). */
#define LONGEST_NODE "version"

static int ipe = -1; /* IPE's directory */

int ipe_open(void)
{
	int securityfs = mount_securityfs();

	if (securityfs < 0)
		return securityfs;
	ipe = file_open(securityfs, "ipe", O_PATH | O_DIRECTORY);
	return ipe < 0 ? ipe : 0;
}

bool ipe_is_there(void)
{
	return ipe >= 0;
}

bool ipe_name_fits(struct bytes name)
{
	int byte;

	if (name.left == 0 || name.left > IPE_NAME_LONGEST)
		return false;
	if (bytes_are(name, ".") || bytes_are(name, ".."))
		return false;
	while ((byte = bytes_get(&name)) >= 0)
		if (byte == '/' || byte == '\0')
			return false;
	return true;
}

/* ---- nodes of a policy ---- */

/* policies/NAME/NODE, valid until the next call. */
static const char *node_path(const char *name, const char *node)
{
	static char path[sizeof("policies/") + IPE_NAME_LONGEST + sizeof("/" LONGEST_NODE)];
	char *end = stpcpy(path, "policies/");

	end = stpcpy(end, name);
	end = stpcpy(end, "/");
	stpcpy(end, node);
	return path;
}

/* Reads "0" or "1" from an open node, and closes it: 0, 1 or -errno. */
static int read_flag_and_close(int fd)
{
	char value;
	long got = file_read(fd, &value, 1);

	close(fd);
	if (got < 0)
		return (int)got;
	if (got == 0 || (value != '0' && value != '1'))
		return -EIO;
	return value == '1';
}

static int read_flag(const char *path)
{
	int fd = file_open(ipe, path, O_RDONLY);

	return fd < 0 ? fd : read_flag_and_close(fd);
}

int ipe_load_new(struct bytes message)
{
	return file_write_path(ipe, "new_policy", message.at, message.left);
}

int ipe_update(const char *name, struct bytes message)
{
	return file_write_path(ipe, node_path(name, "update"), message.at, message.left);
}

int ipe_delete(const char *name)
{
	return file_write_path(ipe, node_path(name, "delete"), "1", 1);
}

int ipe_activate(const char *name, int *active)
{
	int error, fd = file_open(ipe, node_path(name, "active"), O_RDWR);

	if (fd < 0) {
		*active = fd;
		return fd;
	}
	error = file_write(fd, "1", 1);
	*active = read_flag_and_close(fd);
	return error;
}

int ipe_is_active(const char *name)
{
	return read_flag(node_path(name, "active"));
}

int ipe_read_version(const char *name, struct policy_version *version)
{
	struct bytes text;
	int error = file_read_whole(ipe, node_path(name, "version"), &text);

	if (error)
		return error;
	return policy_version_read(text, version) ? -EIO : 0;
}

int ipe_read_text(const char *name, struct bytes *text)
{
	return file_read_whole(ipe, node_path(name, "policy"), text);
}

/* ---- IPE's own nodes ---- */

int ipe_is_enforcing(void)
{
	return read_flag("enforce");
}

int ipe_set_enforcing(void)
{
	return file_write_path(ipe, "enforce", "1", 1);
}

/* ---- all policies ---- */

int ipe_open_policies(struct directory *policies)
{
	return directory_open(policies, ipe, "policies");
}

int ipe_next_policy(struct directory *policies, const char **name)
{
	int found;

	do
		found = directory_next(policies, name);
	while (found > 0 && !ipe_name_fits(bytes_of(*name))); /* "." and ".." */
	return found;
}

int ipe_find_active(struct ipe_active *active)
{
	static struct directory policies;
	const char *name;
	int found, error = ipe_open_policies(&policies);

	if (error)
		return error;
	while ((found = ipe_next_policy(&policies, &name)) > 0) {
		found = ipe_is_active(name);
		if (found > 0) {
			stpcpy(active->name, name);
			error = ipe_read_version(name, &active->version);
			if (error)
				found = error;
		}
		/* Inactive, or deleted since it was listed. */
		if (found != 0 && found != -ENOENT)
			break;
	}
	directory_close(&policies);
	return found;
}
