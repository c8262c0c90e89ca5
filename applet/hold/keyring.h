/*
 * keyring.h - who may add keys that vouch for files
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef HOLD_KEYRING_H
#define HOLD_KEYRING_H

/*
 * Restricts the .fs-verity keyring, which root may write to otherwise (fs/verity/signature.c): the
 * keys in it stay, nobody adds one.  A kernel without it, or one where it is restricted already, is
 * fine.  0 or -errno.
 */
int keyring_restrict(void);

#endif
