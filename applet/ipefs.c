/*
 * ipefs.c - IPE's directory in securityfs
 *
 * SPDX-License-Identifier: MIT
 */
#include "ipefs.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "kernfs.h"
#include "pkcs7.h"

int ipefs_open(const char **lsm)
{
	/* The names of all modules of a kernel with commas between: about 80 bytes today. */
	static char list[512];
	int securityfs, ipefs, fd;
	long got;

	securityfs = kernfs_open("securityfs", "/sys/kernel/security", SECURITYFS_MAGIC);
	if (securityfs < 0)
		return securityfs;
	ipefs = kernfs_openat(securityfs, "ipe", O_PATH | O_DIRECTORY);
	if (ipefs == -ENOENT && lsm) {
		fd = kernfs_openat(securityfs, "lsm", O_RDONLY);
		got = fd < 0 ? fd : kernfs_read(fd, list, sizeof(list) - 1);
		list[got < 0 ? 0 : got] = 0;
		*lsm = list;
	}
	return ipefs;
}

bool ipefs_name_fits(struct bytes name)
{
	if (!name.left || name.left > 255 || memchr(name.at, '/', name.left) ||
		memchr(name.at, 0, name.left))
		return false;
	return !bytes_equal(name, bytes_of(".")) && !bytes_equal(name, bytes_of(".."));
}

int ipefs_open_node(int ipefs, struct bytes name, const char *node, int flags)
{
	char path[IPEFS_PATH_MAX] = "policies/";
	char *end = path + strlen(path);

	memcpy(end, name.at, name.left);
	end[name.left] = '/';
	memcpy(end + name.left + 1, node, strlen(node) + 1);
	return kernfs_openat(ipefs, path, flags);
}

int ipefs_read_flag(int fd)
{
	char flag;
	long got = kernfs_read(fd, &flag, 1);

	if (got < 0)
		return (int)got;
	return got && (flag == '0' || flag == '1') ? flag - '0' : -EIO;
}

static int read_flag_and_close(int fd)
{
	int flag;

	if (fd < 0)
		return fd;
	flag = ipefs_read_flag(fd);
	close(fd);
	return flag;
}

int ipefs_enforcing(int ipefs)
{
	return read_flag_and_close(kernfs_openat(ipefs, "enforce", O_RDONLY));
}

int ipefs_active(int ipefs, struct bytes name)
{
	return read_flag_and_close(ipefs_open_node(ipefs, name, "active", O_RDONLY));
}

int ipefs_version(int ipefs, struct bytes name, struct policy_version *version)
{
	char text[sizeof("65535.65535.65535")];
	int fd = ipefs_open_node(ipefs, name, "version", O_RDONLY);
	long got;

	if (fd < 0)
		return fd;
	got = kernfs_read(fd, text, sizeof(text));
	close(fd);
	if (got < 0)
		return (int)got;
	return policy_version_read((struct bytes){(unsigned char *)text, (size_t)got}, version)
		       ? -EIO
		       : 0;
}

int ipefs_next(int ipefs, struct ipefs_walk *walk)
{
	struct entries *all = &walk->entries;
	const char *name;

	if (!all->fd)
		all->fd = kernfs_openat(ipefs, "policies", O_RDONLY | O_DIRECTORY);
	if (all->fd < 0) {
		all->have = all->fd;
	} else {
		while ((name = entries_next(all))) {
			walk->name = bytes_of(name);
			if (ipefs_name_fits(walk->name))
				return 1;
		}
		close(all->fd);
	}
	all->fd = 0;
	ipefs = (int)all->have;
	all->have = 0;
	return ipefs;
}

int ipefs_next_active(int ipefs, struct ipefs_walk *walk)
{
	int found, active;

	while ((found = ipefs_next(ipefs, walk)) > 0) {
		active = ipefs_active(ipefs, walk->name);
		if (active > 0)
			break;
		/* deleted since */
		if (active < 0 && active != -ENOENT)
			return active;
	}
	return found;
}

int ipefs_text(int ipefs, struct bytes name, struct bytes *text)
{
	/* A text is part of a message, which has at most PKCS7_MAX bytes. */
	static unsigned char buffer[PKCS7_MAX];
	int fd = ipefs_open_node(ipefs, name, "policy", O_RDONLY);
	long got;

	if (fd < 0)
		return fd;
	got = kernfs_read(fd, buffer, sizeof(buffer));
	close(fd);
	if (got < 0)
		return (int)got;
	*text = (struct bytes){buffer, (size_t)got};
	return 0;
}
