/*
 * mac_admin.h - CAP_MAC_ADMIN of this process
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef HOLD_MAC_ADMIN_H
#define HOLD_MAC_ADMIN_H

#include <stdbool.h>

/*
 * Takes CAP_MAC_ADMIN out of all sets of this process, the bounding set too (capabilities(7)), so
 * that nothing that it executes or forks can ever have it again, and looks whether it is gone.
 * Every other capability stays, and so do the securebits.  proc is the root directory of proc.
 *
 * False after an error was said.
 */
bool mac_admin_drop(int proc);

#endif
