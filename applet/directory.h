/*
 * directory.h - the directories that policies lie in
 *
 * Each place is looked for under /etc, /run, /usr/local/lib and /usr/lib, in this order, as
 * systemd does for its own ipe/ (src/core/ipe-setup.c): a file hides one of the same name further
 * down; a link to /dev/null or an empty file masks it.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef DIRECTORY_H
#define DIRECTORY_H

#include <limits.h>
#include <stdbool.h>

enum directory_place {
	PLACE_PLAIN,  /* ipe/ */
	PLACE_INITRD, /* ipe/initrd/, and if that has none, ipe/ */
	PLACE_FINAL,  /* ipe/final/, not below /run, not on another file system than / */
};

struct directory_search {
	const char *root; /* a system root, without a slash at its end; null: "/" */
	enum directory_place place;
	char path[PATH_MAX]; /* of the last policy, with the root before it */
	unsigned base;       /* where its file name begins in path; the names before it are done */
	char name[NAME_MAX + 1]; /* the last name looked at; "" at the beginning */
	bool fallen_back;        /* PLACE_INITRD had none: these are from ipe/ */
};

/* Begins at the first name; root and place stay as they were set. */
void directory_start(struct directory_search *search);

/*
 * Opens the next policy in the order of the file names.  Returns a descriptor of a regular file
 * that is not empty (search->path is its path), -1 when there is none left, or -2 after an error
 * was said: something named *.p7b is neither a regular file nor a mask, or it or a directory could
 * not be read.  Never blocks.
 */
int directory_next(struct directory_search *search);

#endif
