/*
 * misnamed.c - signed policies that are not named *.p7b, and so are never loaded
 *
 * SPDX-License-Identifier: MIT
 */
#include "find/misnamed.h"

#include <unistd.h>

#include "kernel/file.h"
#include "policy/pkcs7.h"
#include "say.h"

bool misnamed_start(struct misnamed *misnamed, enum place place, const char *system_root)
{
	misnamed->any_file = false;
	misnamed->wanted = (struct directories_wanted){
		.place = place,
		.system_root = system_root,
		.other_names = true,
	};
	return directories_open(&misnamed->directories, &misnamed->wanted);
}

/* Is there a policy's text in the open file?  Not in a certificate, or in a signature alone. */
static bool holds_policy(int fd, const char *path)
{
	static unsigned char buffer[PKCS7_MAX + 1];
	struct pkcs7_message message;
	long got = file_read(fd, buffer, sizeof(buffer));

	if (got < 0) {
		say_begin(SAY_NOTE);
		say_add("%s: passed over: cannot be read", path);
		say_add_errno((int)got);
		say_end();
		return false;
	}
	pkcs7_read((struct bytes){buffer, (size_t)got}, &message);
	return message.text.left > 0;
}

int misnamed_next(struct misnamed *misnamed)
{
	bool found;
	int fd;

	while ((fd = directories_next(&misnamed->directories)) > 0) {
		if (misnamed->directories.last_name[0] != '.')
			misnamed->any_file = true;
		found = holds_policy(fd, misnamed->directories.path);
		close(fd);
		if (found)
			return 1;
	}
	return fd;
}
