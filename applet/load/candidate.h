/*
 * candidate.h - a policy that was found, and may be loaded
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef LOAD_CANDIDATE_H
#define LOAD_CANDIDATE_H

#include "find/find.h"
#include "kernel/ipe.h"
#include "policy/pkcs7.h"
#include "policy/text.h"

struct candidate {
	const char *file;                /* where it was found */
	struct bytes content;            /* the file's bytes: what the kernel gets */
	struct pkcs7_message message;    /* the signed message that they are */
	char name[IPE_NAME_LONGEST + 1]; /* from the header of the signed text */
	struct policy_version version;   /* likewise */
};

/*
 * Reads what the finder has found, and checks form, name and version.  Whether it is good is for
 * the kernel to say: a newer one may know more words than the rest of the text has for us.
 *
 * False after an error was said.  The candidate points into the finder's buffers.
 */
bool candidate_read(struct candidate *candidate, const struct finder *found);

#endif
