/*
 * directories.h - the directories that policies lie in
 *
 * Each place is looked for under /etc, /run, /usr/local/lib and /usr/lib, in this order, as systemd
 * does for its own ipe/ (src/core/ipe-setup.c): a file hides one of the same name further down, and
 * a link to /dev/null masks it.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef FIND_DIRECTORIES_H
#define FIND_DIRECTORIES_H

#include <linux/limits.h>
#include <stdbool.h>

#include "kernel/identity.h"

enum place {
	PLACE_PLAIN,  /* ipe/ */
	PLACE_INITRD, /* ipe/initrd/, and if that has none, ipe/ */
	PLACE_FINAL,  /* ipe/final/, never below /run */
};

/* The longest path: a system root, the longest directory, and a file's name. */
#define DIRECTORIES_PATH_LONGEST (PATH_MAX + sizeof("/usr/local/lib/ipe/initrd/") + NAME_MAX)

/* Which directories. */
struct directories_wanted {
	enum place place;
	const char *system_root; /* a directory that is taken for "/", or null */
	bool other_names; /* the files that are not named *.p7b, which are no policies for ipe-load,
			     instead of those that are; ipe/ is not looked at for ipe/initrd/ */
	/* A file on the one file system that policies are taken from, or null: any.  For the
	 * hand-over: the active policy has vouched for what is there; over any other part of the
	 * root somebody may have mounted what he likes, or have written to it.  Then no link may
	 * lead to a directory either: it would be his choice which one it is. */
	const struct file_identity *home;
};

struct directories {
	const struct directories_wanted *wanted;
	int root;                     /* AT_FDCWD, or the system root */
	bool fallen_back;             /* ipe/initrd/ has none: these are from ipe/ */
	bool found_any;               /* a policy was returned */
	bool ended;                   /* there is none left */
	char last_name[NAME_MAX + 1]; /* of the last file, mask or policy; "" at the beginning */
	char path[DIRECTORIES_PATH_LONGEST];  /* of the last policy, with the system root before it
					       */
	char tried[DIRECTORIES_PATH_LONGEST]; /* of what is being looked at, likewise */
	char *tried_in_root;                  /* in tried: behind the system root */
};

/* Begins with the first policy.  False after an error was said: the system root cannot be opened.
 */
bool directories_open(struct directories *directories, const struct directories_wanted *wanted);

/*
 * Opens the next policy in the order of the file names.  Never blocks.
 *
 * Returns a descriptor of a regular file with something in it (directories->path is its path), 0
 * when there is none left, or -1 after an error was said: something named *.p7b is neither a policy
 * nor a mask, or it or a directory cannot be read; the next call goes on behind it.  With
 * other_names, what is no regular file is passed over, and what cannot be opened is no error.
 *
 * No table of names is kept: each call looks for the least name above the last one.  So there is no
 * bound to the number of policies; the time grows with its square, and 1,000 take a second.
 */
int directories_next(struct directories *directories);

#endif
