/*
 * directories.h - the directories that policies lie in
 *
 * Each place is looked for under /etc, /run, /usr/local/lib and /usr/lib, in this order, as
 * systemd does for its own ipe/ (src/core/ipe-setup.c): a file hides one of the same name further
 * down; a link to /dev/null or an empty file masks it.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef FIND_DIRECTORIES_H
#define FIND_DIRECTORIES_H

#include <limits.h>
#include <stdbool.h>
#include <stddef.h>

enum directory_place {
	PLACE_PLAIN,  /* ipe/ */
	PLACE_INITRD, /* ipe/initrd/, and if that has none, ipe/ */
	PLACE_FINAL,  /* ipe/final/, not below /run, not on another file system than / */
};

/* A path: a root that could be opened, the longest directory, and a file's name. */
#define DIRECTORY_PATH_MAX (PATH_MAX + sizeof("/usr/local/lib/ipe/initrd/") + NAME_MAX)

struct directory_search {
	const char *root; /* a system root, not ""; null: "/" */
	enum directory_place place;

	bool fallen_back;        /* PLACE_INITRD had none: these are from ipe/ */
	bool any;                /* a policy has been returned */
	bool ended;              /* there is none left, or a directory could not be read */
	int root_fd;             /* 0: not yet open */
	char *below;             /* in tried: behind the root without slashes at its end */
	char name[NAME_MAX + 1]; /* of the last file, a policy or a mask; "" at the beginning */
	char path[DIRECTORY_PATH_MAX];  /* of the last policy, with the root before it */
	char tried[DIRECTORY_PATH_MAX]; /* of the last directory or file, likewise */
};

/*
 * Begins at the first name.  Set root and place, the rest to 0, before the first call; both stay
 * over the next ones.  0, or -1 after an error was said: the root cannot be opened.
 */
int directory_start(struct directory_search *search);

/*
 * Opens the next policy in the order of the file names.  Returns a descriptor of a regular file
 * that is not empty (search->path is its path), 0 when there is none left, or -1 after an error
 * was said: something named *.p7b is neither a regular file nor a mask, or it or a directory could
 * not be read; the next call goes on behind it.  Never blocks.
 *
 * No table of names is kept: each call looks for the least name above the last.  So there is no
 * bound to the number of policies, and the time grows with its square; 1,000 take a second.
 */
int directory_next(struct directory_search *search);

#endif
