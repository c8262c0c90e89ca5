/*
 * way_programs.h - verified programs that run what IPE is not asked about
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STATUS_WAY_PROGRAMS_H
#define STATUS_WAY_PROGRAMS_H

#include "status/way.h"

/* Each prints its line, and returns its state (status/way.h).  Looked for is where such a program
 * usually is: that one is nowhere is never known. */

/* A shell, which runs any script. */
enum way_state way_script(void);

/* A dynamic loader, which maps libraries without code and obeys them (LD_PRELOAD). */
enum way_state way_loader(void);

#endif
