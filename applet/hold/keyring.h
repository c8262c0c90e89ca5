/*
 * keyring.h - keyrings that vouch for files
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef HOLD_KEYRING_H
#define HOLD_KEYRING_H

#include <stdbool.h>

/*
 * Restricts the .fs-verity keyring, to which root may add keys otherwise (fs/verity/signature.c):
 * those in it stay, and nobody adds one, for good.  A kernel that has no such keyring is fine, and
 * so is one where it is restricted already.
 *
 * False after an error was said.
 */
bool keyring_restrict(void);

#endif
