/*
 * keyring.c - who may add keys that vouch for files
 *
 * SPDX-License-Identifier: MIT
 */
#include "keyring.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/keyctl.h>
#include <stdint.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "kernfs.h"
#include "lines.h"
#include "say.h"

/* Takes the next word. */
static bool next_word(struct bytes *line, struct bytes *word)
{
	struct bytes end;
	size_t length = 0;

	while (bytes_skip(line, " "))
		;
	while (length < line->left && line->at[length] != ' ')
		length++;
	end = *line;
	return bytes_take(line, length, word) && end.left;
}

/* Is this line of /proc/keys about the keyring?  Its number is the first word, the type the eighth,
 * the name the ninth (proc_keys_show, security/keys/proc.c).  Nobody but the kernel makes a keyring
 * whose name begins with a dot (add_key). */
static bool is_fs_verity(struct bytes line, int32_t *number)
{
	struct bytes word;
	uint32_t value = 0;
	unsigned i;
	size_t at;

	if (!next_word(&line, &word))
		return false;
	for (at = 0; at < word.left; at++)
		value = value << 4 | ((word.at[at] & 15) + (word.at[at] > '9' ? 9U : 0U));
	*number = (int32_t)value;
	for (i = 0; i < 7; i++)
		if (!next_word(&line, &word))
			return false;
	return bytes_equal(word, bytes_of("keyring")) && next_word(&line, &word) &&
	       bytes_equal(word, bytes_of(".fs-verity:"));
}

bool keyring_restrict(int proc)
{
	static struct lines keys;
	struct bytes line;
	int32_t number;
	int result;

	keys.fd = kernfs_openat(proc, "keys", O_RDONLY);
	/* A kernel without keys verifies no signature. */
	if (keys.fd == -ENOENT)
		return true;
	result = keys.fd;
	if (keys.fd >= 0) {
		while ((result = lines_next(&keys, &line)) > 0) {
			if (!is_fs_verity(line, &number))
				continue;
			if (syscall(SYS_keyctl, KEYCTL_RESTRICT_KEYRING, number, 0, 0, 0) &&
				errno != EEXIST) {
				result = -errno;
				break;
			}
		}
		close(keys.fd);
	}
	if (result)
		say_failure("seal", "the .fs-verity keyring cannot be restricted", -result);
	return !result;
}
