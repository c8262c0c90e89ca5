/*
 * table.h - the table of what a policy decides (-v)
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef CHECK_TABLE_H
#define CHECK_TABLE_H

#include "policy/decide.h"
#include "say.h"

/* Says it, after decide_end(): a row for each operation, a column for each kind of file.  False
 * when it could not be written (see say_result). */
bool table_say(enum say_kind kind, const struct decisions *decisions);

#endif
