/*
 * configuration.h - rules that do something only where the kernel is configured for it
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef CHECK_CONFIGURATION_H
#define CHECK_CONFIGURATION_H

#include "check/report.h"
#include "policy/text.h"

/*
 * Warns of a rule that denies something to files without an fs-verity signature.  In a kernel
 * without CONFIG_FS_VERITY_BUILTIN_SIGNATURES, such as Fedora's, fsverity_signature= matches
 * neither as TRUE nor as FALSE (evaluate_fsv_sig_false, security/ipe/eval.c).  For a rule that
 * allows, that is the safe way round.
 */
void configuration_check(
	struct findings *findings, const struct location *location, const struct policy_rule *rule);

#endif
