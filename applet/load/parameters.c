/*
 * parameters.c - the rd.ipe kernel parameters
 *
 * SPDX-License-Identifier: MIT
 */
#include "load/parameters.h"

#include <errno.h>

#include "kernel/kernfs.h"
#include "load/load.h"
#include "policy/bytes.h"

const char *cmdline_init = "";

#ifdef LOCKED

unsigned cmdline_set = LOAD_REQUIRED | LOAD_SEAL | LOAD_ENFORCE;

int cmdline_read(void)
{
	return 0;
}

#else

unsigned cmdline_set;

static bool is_blank(int c)
{
	if (c == ' ')
		c = '\t';
	return c >= '\t' && c <= '\r';
}

/* Takes the next word; quotes keep blanks in it and stay where they are. */
static bool next_word(struct bytes *text, struct bytes *word)
{
	bool quoted;
	int c;

	do {
		quoted = false;
		*word = (struct bytes){text->at, 0};
		while ((c = bytes_get(text)) >= 0 && (quoted || !is_blank(c))) {
			quoted ^= c == '"';
			word->left++;
		}
	} while (!word->left && c >= 0);
	return word->left;
}

/* Takes one quote off each end, as far as there is one: of the whole word and of the value. */
static void unquote(struct bytes *word)
{
	if (bytes_skip(word, "\"") && word->left && word->at[word->left - 1] == '"')
		word->left--;
}

int cmdline_read(void)
{
	/* What sets LOAD_INITRAMFS ("i"), which is set already, LOAD_REQUIRED, LOAD_SEAL and, of no
	 * word, LOAD_OFF. */
	static const char letters[] = "irso";
	/* The longest of any architecture (COMMAND_LINE_SIZE: s390, 4,096) and a boot configuration
	 * (XBC_DATA_MAX, 32,767), which the kernel puts before it. */
	static unsigned char buffer[4096 + 32768];
	long got = kernfs_read_at(kernfs_proc(), "cmdline", buffer, sizeof(buffer));
	struct bytes text = {buffer, (size_t)got}, word;
	unsigned option;

	if (got < 0)
		return (int)got;
	if (got == sizeof(buffer))
		return -E2BIG;
	while (next_word(&text, &word) && !bytes_are(word, "--")) {
		unquote(&word);
		if (!bytes_skip(&word, "rd.ipe"))
			continue;
		option = OPTION(letters[bytes_skip_word(&word, ".init\0.required\0.seal\0")]);
		if (word.left && !bytes_skip(&word, "="))
			continue;
		unquote(&word);
		if (option == LOAD_INITRAMFS) {
			/* what stands behind it has been read */
			buffer[word.at - buffer + word.left] = 0;
			cmdline_init = (const char *)word.at;
		}
		cmdline_set &= ~option;
		/* rd.ipe=0 is the switch that is on with 0 */
		if (bytes_are(word, "0") == (option == LOAD_OFF))
			cmdline_set |= option;
	}
	return 0;
}

#endif
