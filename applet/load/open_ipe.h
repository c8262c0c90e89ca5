/*
 * open_ipe.h - is there IPE in this kernel?
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef LOAD_OPEN_IPE_H
#define LOAD_OPEN_IPE_H

#include <stdbool.h>

#include "load/exit_status.h"

/*
 * Opens IPE's directory (kernel/ipe.h).
 *
 * Returns LOAD_GOOD when it is open.  Otherwise the reason was said, and it is LOAD_NOTHING when
 * this kernel has no IPE and none is required, else LOAD_FAILED.
 */
enum load_status open_ipe(bool required);

#endif
