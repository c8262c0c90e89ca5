/*
 * ipe.c - IPE's directory in securityfs
 *
 * SPDX-License-Identifier: MIT
 */
#include "kernel/ipe.h"

#include <errno.h>
#include <fcntl.h>

#include "kernel/entries.h"
#include "kernel/kernfs.h"
#include "policy/pkcs7.h"

int ipefs_securityfs;

/* IPE's directory */
static int directory;

int ipefs_open(const char **lsm)
{
	/* The names of all modules of a kernel with commas between: about 80 bytes today. */
	static char list[512];

	ipefs_securityfs = kernfs_security();
	directory = kernfs_openat(ipefs_securityfs, "ipe", O_PATH | O_DIRECTORY);
	if (ipefs_securityfs >= 0 && directory == -ENOENT) {
		if (kernfs_read_at(ipefs_securityfs, "lsm", list, sizeof(list) - 1) < 0)
			*list = 0;
		*lsm = list;
	}
	return directory < 0 ? directory : 0;
}

bool ipefs_name_fits(struct bytes name)
{
	/* Only a shorter one can be empty, "." or "..". */
	bool fits = name.left > 2;
	int byte;

	if (name.left > 255)
		return false;
	while ((byte = bytes_get(&name)) >= 0) {
		if (!byte || byte == '/')
			return false;
		if (byte != '.')
			fits = true;
	}
	return fits;
}

/* Where a node is below the directory, valid until the next call. */
static const char *path_of(const struct bytes *name, const char *node)
{
	static char path[IPEFS_PATH_MAX];
	char *end = path;

	if (name) {
		end = bytes_put(end, "policies/");
		memcpy(end, name->at, name->left);
		end += name->left;
		*end++ = '/';
	}
	bytes_put(end, node);
	return path;
}

int ipefs_open_node(const struct bytes *name, const char *node, int flags)
{
	return kernfs_openat(directory, path_of(name, node), flags);
}

int ipefs_write(const struct bytes *name, const char *node, const struct bytes *what)
{
	int fd = ipefs_open_node(name, node, O_WRONLY);

	return kernfs_closed(fd, kernfs_write(fd, what->at, what->left));
}

int ipefs_set(const struct bytes *name, const char *node)
{
	static const struct bytes one = {(const unsigned char *)"1", 1};

	return ipefs_write(name, node, &one);
}

/* Reads a node, as far as there is room.  The number of bytes, or -errno. */
static int read_node(const struct bytes *name, const char *node, void *buffer, size_t size)
{
	return kernfs_read_at(directory, path_of(name, node), buffer, size);
}

int ipefs_read_flag(int fd)
{
	unsigned char text = 0;
	int flag = kernfs_read(fd, &text, 1);

	if (flag >= 0) {
		flag = text - '0';
		if (flag & ~1)
			flag = -EIO;
	}
	return flag;
}

static int read_flag_of(const struct bytes *name, const char *node)
{
	int fd = ipefs_open_node(name, node, O_RDONLY);

	return kernfs_closed(fd, ipefs_read_flag(fd));
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
	static unsigned char text[sizeof("65535.65535.65535")];
	int got = read_node(name, "version", text, sizeof(text));

	if (got < 0)
		return got;
	return policy_version_read((struct bytes){text, (size_t)got}, version) ? -EIO : 0;
}

int ipefs_text(const struct bytes *name, struct bytes *text)
{
	/* A text is part of a message, which has at most PKCS7_MAX bytes. */
	static unsigned char buffer[PKCS7_MAX];
	int got = read_node(name, "policy", buffer, sizeof(buffer));

	*text = (struct bytes){buffer, (size_t)got};
	return got < 0 ? got : 0;
}

struct ipefs_found ipefs_found;
static struct chunks policies;

int ipefs_next(void)
{
	const char *name;

	if (!policies.fd)
		entries_open(&policies, directory, "policies");
	while ((name = entries_next(&policies))) {
		ipefs_found.name = (struct bytes){(const unsigned char *)name, strlen(name)};
		if (ipefs_name_fits(ipefs_found.name))
			return 1;
	}
	policies.fd = 0;
	return policies.have;
}

int ipefs_find_active(void)
{
	int found, error;

	do {
		found = ipefs_next();
		if (found <= 0)
			return found;
		found = ipefs_active(&ipefs_found.name);
		/* or deleted since */
	} while (!found || found == -ENOENT);
	if (found > 0) {
		error = ipefs_version(&ipefs_found.name, &ipefs_found.version);
		if (error)
			found = error;
	}
	/* The walk ends here; its descriptor stays open. */
	policies.fd = 0;
	return found;
}
