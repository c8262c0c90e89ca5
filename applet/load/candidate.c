/*
 * candidate.c - a policy that was found, and may be loaded
 *
 * SPDX-License-Identifier: MIT
 */
#include "load/candidate.h"

#include <string.h>

#include "check/message_faults.h"
#include "load/refusal.h"
#include "say.h"

bool candidate_read(struct candidate *candidate, const struct finder *found)
{
	static struct policy_reader reader;
	enum pkcs7_fault fault;

	candidate->file = found->name;
	candidate->content = found->content;
	fault = pkcs7_read(found->content, &candidate->message);
	if (fault)
		return fail("%s: %s", found->name, message_fault_words(fault));

	policy_start(&reader, candidate->message.text);
	if (policy_next(&reader) != EVENT_HEADER)
		return refusal(found->name, &candidate->message, policy_fault_errno(reader.fault));
	if (!ipe_name_fits(reader.name))
		return fail(
			"%s: policy_name \"%pB\" cannot be a directory (no slash, not . or .., at "
			"most 255 bytes)",
			found->name, &reader.name);
	memcpy(candidate->name, reader.name.at, reader.name.left);
	candidate->name[reader.name.left] = '\0';
	candidate->version = reader.version;
	return true;
}
