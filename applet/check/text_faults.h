/*
 * text_faults.h - the faults of a policy's text in words
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef CHECK_TEXT_FAULTS_H
#define CHECK_TEXT_FAULTS_H

#include "policy/text.h"

/* After EVENT_FAULT: adds the fault to the line that was begun with say_begin(), such as `unknown
 * operation "execute"; did you mean EXECUTE?`. */
void say_add_text_fault(const struct policy_reader *at);

#endif
