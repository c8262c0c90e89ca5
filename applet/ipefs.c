/*
 * ipefs.c - IPE's directory in securityfs
 *
 * SPDX-License-Identifier: MIT
 */
#include "ipefs.h"

#include <errno.h>
#include <fcntl.h>

#include "kernfs.h"
#include "pkcs7.h"

/* IPE's directory */
static int directory;

int ipefs_open(const char **lsm)
{
	/* The names of all modules of a kernel with commas between: about 80 bytes today. */
	static char list[512];
	int securityfs;
	long got;

	securityfs = kernfs_open("securityfs", "/sys/kernel/security", SECURITYFS_MAGIC);
	directory = kernfs_openat(securityfs, "ipe", O_PATH | O_DIRECTORY);
	if (securityfs >= 0 && directory == -ENOENT) {
		got = kernfs_read_at(securityfs, "lsm", list, sizeof(list) - 1);
		list[got < 0 ? 0 : got] = 0;
		*lsm = list;
	}
	return directory < 0 ? directory : 0;
}

bool ipefs_name_fits(struct bytes name)
{
	if (!name.left || name.left > 255 || memchr(name.at, '/', name.left) ||
		memchr(name.at, 0, name.left))
		return false;
	return !bytes_are(name, ".") && !bytes_are(name, "..");
}

int ipefs_open_file(const char *name, int flags)
{
	return kernfs_openat(directory, name, flags);
}

int ipefs_open_node(struct bytes name, const char *node, int flags)
{
	char path[IPEFS_PATH_MAX] = "policies/";
	char *end = path + strlen(path);

	memcpy(end, name.at, name.left);
	end += name.left;
	*end++ = '/';
	memcpy(end, node, strlen(node) + 1);
	return ipefs_open_file(path, flags);
}

int ipefs_read_flag(int fd)
{
	char flag = 0;
	long got = kernfs_read(fd, &flag, 1);

	if (got < 0)
		return (int)got;
	return (flag & ~1) == '0' ? flag & 1 : -EIO;
}

static int read_flag_and_close(int fd)
{
	int flag = ipefs_read_flag(fd);

	kernfs_close(fd);
	return flag;
}

int ipefs_enforcing(void)
{
	return read_flag_and_close(ipefs_open_file("enforce", O_RDONLY));
}

int ipefs_active(struct bytes name)
{
	return read_flag_and_close(ipefs_open_node(name, "active", O_RDONLY));
}

int ipefs_version(struct bytes name, struct policy_version *version)
{
	unsigned char text[sizeof("65535.65535.65535")];
	int fd = ipefs_open_node(name, "version", O_RDONLY);
	long got = kernfs_read(fd, text, sizeof(text));

	kernfs_close(fd);
	if (got < 0)
		return (int)got;
	return policy_version_read((struct bytes){text, (size_t)got}, version) ? -EIO : 0;
}

int ipefs_text(struct bytes name, struct bytes *text)
{
	/* A text is part of a message, which has at most PKCS7_MAX bytes. */
	static unsigned char buffer[PKCS7_MAX];
	int fd = ipefs_open_node(name, "policy", O_RDONLY);
	long got = kernfs_read(fd, buffer, sizeof(buffer));

	kernfs_close(fd);
	if (got < 0)
		return (int)got;
	*text = (struct bytes){buffer, (size_t)got};
	return 0;
}

int ipefs_next(struct ipefs_walk *walk)
{
	struct entries *all = &walk->entries;
	const char *name;

	if (!all->fd)
		entries_open(all, directory, "policies");
	while ((name = entries_next(all))) {
		walk->name = bytes_of(name);
		if (ipefs_name_fits(walk->name))
			return 1;
	}
	all->fd = 0;
	return (int)all->have;
}

int ipefs_next_active(struct ipefs_walk *walk)
{
	int found, active;

	while ((found = ipefs_next(walk)) > 0) {
		active = ipefs_active(walk->name);
		if (active > 0)
			break;
		/* deleted since */
		if (active < 0 && active != -ENOENT)
			return active;
	}
	return found;
}
