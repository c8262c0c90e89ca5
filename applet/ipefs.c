/*
 * ipefs.c - IPE's directory in securityfs
 *
 * SPDX-License-Identifier: MIT
 */
#include "ipefs.h"

#include <errno.h>
#include <fcntl.h>

#include "entries.h"
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

/* Puts text at the path's end, and returns its new end. */
static char *append(char *end, const void *text, size_t length)
{
	return (char *)memcpy(end, text, length) + length;
}

int ipefs_open_node(const struct bytes *name, const char *node, int flags)
{
	static char path[IPEFS_PATH_MAX];
	char *end = path;

	if (name) {
		end = append(end, "policies/", 9);
		end = append(end, name->at, name->left);
		*end++ = '/';
	}
	append(end, node, strlen(node) + 1);
	return kernfs_openat(directory, path, flags);
}

int ipefs_write(const struct bytes *name, const char *node, const struct bytes *what)
{
	int fd = ipefs_open_node(name, node, O_WRONLY);
	int error = kernfs_write(fd, what->at, what->left);

	kernfs_close(fd);
	return error;
}

int ipefs_set(const struct bytes *name, const char *node)
{
	struct bytes one = {(const unsigned char *)"1", 1};

	return ipefs_write(name, node, &one);
}

/* Reads a node, as far as there is room.  The number of bytes, or -errno. */
static long read_node(const struct bytes *name, const char *node, void *buffer, size_t size)
{
	int fd = ipefs_open_node(name, node, O_RDONLY);
	long got = kernfs_read(fd, buffer, size);

	kernfs_close(fd);
	return got;
}

int ipefs_read_flag(int fd)
{
	char flag = 0;
	long got = kernfs_read(fd, &flag, 1);

	if (got < 0)
		return (int)got;
	return (flag & ~1) == '0' ? flag & 1 : -EIO;
}

static int read_flag_of(const struct bytes *name, const char *node)
{
	int fd = ipefs_open_node(name, node, O_RDONLY);
	int flag = ipefs_read_flag(fd);

	kernfs_close(fd);
	return flag;
}

int ipefs_enforcing(void)
{
	return read_flag_of(0, "enforce");
}

int ipefs_active(const struct bytes *name)
{
	return read_flag_of(name, "active");
}

int ipefs_version(const struct bytes *name, struct policy_version *version)
{
	unsigned char text[sizeof("65535.65535.65535")];
	long got = read_node(name, "version", text, sizeof(text));

	if (got < 0)
		return (int)got;
	return policy_version_read((struct bytes){text, (size_t)got}, version) ? -EIO : 0;
}

int ipefs_text(const struct bytes *name, struct bytes *text)
{
	/* A text is part of a message, which has at most PKCS7_MAX bytes. */
	static unsigned char buffer[PKCS7_MAX];
	long got = read_node(name, "policy", buffer, sizeof(buffer));

	*text = (struct bytes){buffer, (size_t)got};
	return got < 0 ? (int)got : 0;
}

struct ipefs_found ipefs_found;
static struct entries policies;

int ipefs_next(void)
{
	const char *name;

	if (!policies.fd)
		entries_open(&policies, directory, "policies");
	while ((name = entries_next(&policies))) {
		ipefs_found.name = bytes_of(name);
		if (ipefs_name_fits(ipefs_found.name))
			return 1;
	}
	policies.fd = 0;
	return (int)policies.have;
}

int ipefs_find_active(void)
{
	int found, active;

	do {
		found = ipefs_next();
		if (found <= 0)
			return found;
		active = ipefs_active(&ipefs_found.name);
		/* deleted since */
		if (active == -ENOENT)
			active = 0;
	} while (!active);
	/* The walk ends here; its descriptor stays open. */
	policies.fd = 0;
	if (active > 0)
		found = ipefs_version(&ipefs_found.name, &ipefs_found.version);
	return active < 0 ? active : found < 0 ? found : 1;
}
