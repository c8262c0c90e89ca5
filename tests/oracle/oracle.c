/*
 * oracle.c - compares the policy reader with the kernel's parser
 *
 * Holds both: policy_parser.c with what it needs of the kernel, compiled unchanged, and the
 * applet's text.c.
 *
 * SPDX-License-Identifier: MIT
 */
#include <linux/err.h>

#include "policy.h"

#include "digest.h"
#include "policy_parser.h"

#include "oracle.h"

/* How many faults of a text are tried one by one. */
#define FAULTS 8

/* More rules do not fit: the shortest is "op=POLICY action=DENY\n". */
#define RULES (ORACLE_MAX / 22 + 1)

#define ANY_HEADER "policy_name=any policy_version=0.0.0\n"
#define ANY_DEFAULT "DEFAULT action=DENY\n"

/* What the reader saw, and its good lines. */
static struct {
	struct policy_rule rule[RULES];
	size_t rules;
	char text[ORACLE_MAX + sizeof(ANY_HEADER) + sizeof(ANY_DEFAULT) + 2];
	size_t length;
} good;

static struct comparison *now;

#define DIFFER(...) (snprintf(now->difference, sizeof(now->difference), __VA_ARGS__), false)

/* lib/parser.c names these for patterns with numbers.  The policy's grammar has none. */
unsigned long simple_strtoul(const char *text, char **end, unsigned base)
{
	(void)text, (void)end, (void)base;
	abort();
}

long simple_strtol(const char *text, char **end, unsigned base)
{
	(void)text, (void)end, (void)base;
	abort();
}

/* The kernel's verdict.  *parsed is what it read, NULL for a text that it refuses. */
static int kernel_reads(const void *text, size_t length, struct ipe_parsed_policy **parsed)
{
	struct ipe_policy policy = {.text = text, .textlen = length};
	int error = -ipe_parse_policy(&policy);

	*parsed = policy.parsed;
	return error;
}

static int kernel_verdict(const void *text, size_t length)
{
	struct ipe_parsed_policy *parsed;
	int error = kernel_reads(text, length, &parsed);

	ipe_free_parsed_policy(parsed);
	return error;
}

static void append(struct bytes line)
{
	memcpy(good.text + good.length, line.at, line.left);
	good.length += line.left;
	good.text[good.length++] = '\n';
}

/* Both enumerations count the operations in the same order; that they do is checked here. */
static const enum ipe_op_type kernel_op[OP_COUNT] = {
	[OP_EXECUTE] = IPE_OP_EXEC,
	[OP_FIRMWARE] = IPE_OP_FIRMWARE,
	[OP_KMODULE] = IPE_OP_KERNEL_MODULE,
	[OP_KEXEC_IMAGE] = IPE_OP_KEXEC_IMAGE,
	[OP_KEXEC_INITRAMFS] = IPE_OP_KEXEC_INITRAMFS,
	[OP_POLICY] = IPE_OP_POLICY,
	[OP_X509_CERT] = IPE_OP_X509,
};
_Static_assert((int)OP_COUNT == (int)__IPE_OP_MAX, "the kernel has other operations");

static enum policy_action action_of(enum ipe_action_type action)
{
	return action == IPE_ACTION_ALLOW  ? ACTION_ALLOW
	       : action == IPE_ACTION_DENY ? ACTION_DENY
					   : ACTION_NONE;
}

/* Which property is it, and of a boolean one which value?  That of a digest is true. */
static enum policy_property property_of(enum ipe_prop_type type, bool *value)
{
	*value = type != IPE_PROP_BOOT_VERIFIED_FALSE && type != IPE_PROP_DMV_SIG_FALSE &&
		 type != IPE_PROP_FSV_SIG_FALSE;
	switch (type) {
	case IPE_PROP_BOOT_VERIFIED_FALSE:
	case IPE_PROP_BOOT_VERIFIED_TRUE:
		return PROP_BOOT_VERIFIED;
	case IPE_PROP_DMV_SIG_FALSE:
	case IPE_PROP_DMV_SIG_TRUE:
		return PROP_DMVERITY_SIGNATURE;
	case IPE_PROP_FSV_SIG_FALSE:
	case IPE_PROP_FSV_SIG_TRUE:
		return PROP_FSVERITY_SIGNATURE;
	case IPE_PROP_DMV_ROOTHASH:
		return PROP_DMVERITY_ROOTHASH;
	case IPE_PROP_FSV_DIGEST:
		return PROP_FSVERITY_DIGEST;
	default:
		abort();
	}
}

static bool same_digest(const struct digest_info *kernel, const struct policy_digest *ours)
{
	if (kernel->digest_len * 2 != ours->hex.left ||
		!bytes_equal(ours->algorithm, bytes_of(kernel->alg)))
		return false;
	for (size_t i = 0; i < kernel->digest_len; i++) {
		char two[3] = {(char)ours->hex.at[2 * i], (char)ours->hex.at[2 * i + 1], 0};
		char *end;

		if (strtoul(two, &end, 16) != kernel->digest[i] || end != two + 2)
			return false;
	}
	return true;
}

static bool same_rule(const struct ipe_rule *kernel, const struct policy_rule *ours)
{
	bool asks[PROP_COUNT][2] = {{false}}, value;
	const struct list_head *at;
	unsigned digests = 0;

	if (kernel->op != kernel_op[ours->op])
		return DIFFER("a rule's operation");
	if (action_of(kernel->action) != ours->action)
		return DIFFER("a rule's action");
	for (at = kernel->props.next; at != &kernel->props; at = at->next) {
		const struct ipe_prop *property = shim_entry(at, property, next);
		enum policy_property kind = property_of(property->type, &value);

		asks[kind][value] = true;
		if (kind < PROP_BOOLEANS)
			continue;
		if (digests < POLICY_DIGESTS) {
			const struct policy_digest *digest = &ours->digest[digests];

			if (digests >= ours->digests || digest->property != kind ||
				!same_digest(property->value, digest))
				return DIFFER("a rule's digest %u", digests);
		}
		digests++;
	}
	if (memcmp(asks, ours->asks, sizeof(asks)))
		return DIFFER("a rule's properties");
	if ((digests < POLICY_DIGESTS ? digests : POLICY_DIGESTS) != ours->digests)
		return DIFFER("a rule's digests: %u, %u", digests, ours->digests);
	return true;
}

/* Compares what both read.  The kernel keeps a list of rules for each operation. */
static bool same_policy(
	const struct ipe_parsed_policy *kernel, const struct policy_reader *ours, bool header)
{
	const struct list_head *at[OP_COUNT];

	if (header && (!bytes_equal(ours->name, bytes_of(kernel->name)) ||
			      ours->version.major != kernel->version.major ||
			      ours->version.minor != kernel->version.minor ||
			      ours->version.revision != kernel->version.rev))
		return DIFFER("the name or the version");
	if (good.rules != ours->rules)
		return DIFFER("how many rules the reader counts");
	if (action_of(kernel->global_default_action) != ours->defaults[OP_NONE])
		return DIFFER("the global default");
	for (int op = 0; op < OP_COUNT; op++) {
		const struct ipe_op_table *table = &kernel->rules[kernel_op[op]];

		if (action_of(table->default_action) != ours->defaults[op])
			return DIFFER("the default of operation %d", op);
		at[op] = table->rules.next;
	}
	for (size_t i = 0; i < good.rules; i++) {
		enum policy_op op = good.rule[i].op;

		if (at[op] == &kernel->rules[kernel_op[op]].rules)
			return DIFFER("too many rules of operation %d", op);
		if (!same_rule(shim_entry(at[op], (struct ipe_rule *)NULL, next), &good.rule[i]))
			return false;
		at[op] = at[op]->next;
	}
	for (int op = 0; op < OP_COUNT; op++)
		if (at[op] != &kernel->rules[kernel_op[op]].rules)
			return DIFFER("too few rules of operation %d", op);
	return true;
}

/* Does the kernel refuse the faulty line for the same reason? */
static bool same_fault(const struct policy_reader *reader)
{
	size_t length = good.length;
	int error;

	append(reader->text);
	if (reader->defaults[OP_NONE] == ACTION_NONE)
		append((struct bytes){(const void *)ANY_DEFAULT, sizeof(ANY_DEFAULT) - 2});
	error = kernel_verdict(good.text, good.length);
	good.length = length;
	if (error == policy_fault_errno(reader->fault))
		return true;
	return DIFFER("line %u: kernel %d, reader %d (fault %d)", reader->line, error,
		policy_fault_errno(reader->fault), reader->fault);
}

/* Reads the text, and fills good with what is good in it. */
static bool read_text(struct policy_reader *reader, struct bytes text, bool *header)
{
	enum policy_event event;
	int faults = 0;
	bool had_header = false;

	good.rules = good.length = 0;
	*header = false;
	policy_start(reader, text);
	for (; (event = policy_next(reader)); had_header = reader->header) {
		if (event != EVENT_FAULT) {
			append(reader->text);
			*header |= event == EVENT_HEADER;
		} else if (!now->fault) {
			now->fault = reader->fault;
		}
		if (event == EVENT_RULE)
			good.rule[good.rules++] = reader->rule;
		if (event != EVENT_FAULT || reader->ended)
			continue;
		if (faults++ < FAULTS && !same_fault(reader))
			return false;
		if (!had_header)
			append((struct bytes){(const void *)ANY_HEADER, sizeof(ANY_HEADER) - 2});
	}
	return true;
}

/* Does the kernel read the good lines as the reader did? */
static bool same_good(struct policy_reader *reader, bool header)
{
	struct ipe_parsed_policy *parsed;
	bool complete = true, same;
	int error;

	for (int op = 0; op < OP_COUNT; op++)
		complete &= reader->defaults[op] != ACTION_NONE ||
			    reader->defaults[OP_NONE] != ACTION_NONE;
	if (!complete) {
		error = kernel_verdict(good.text, good.length);
		if (error != EBADMSG)
			return DIFFER("defaults missing: kernel %d", error);
		append((struct bytes){(const void *)ANY_DEFAULT, sizeof(ANY_DEFAULT) - 2});
		reader->defaults[OP_NONE] = ACTION_DENY;
	}
	error = kernel_reads(good.text, good.length, &parsed);
	if (error)
		return DIFFER("good lines alone: kernel %d", error);
	same = same_policy(parsed, reader, header);
	ipe_free_parsed_policy(parsed);
	return same;
}

bool oracle_compare(struct bytes text, struct comparison *result)
{
	struct ipe_parsed_policy *parsed;
	struct policy_reader reader;
	bool header, same;

	if (text.left > ORACLE_MAX)
		abort();
	now = result;
	*result = (struct comparison){.fault = TEXT_OK};
	result->error = kernel_reads(text.at, text.left, &parsed);
	same = read_text(&reader, text, &header);
	if (same && result->error != policy_fault_errno(result->fault))
		same = DIFFER("kernel %d, reader %d (fault %d)", result->error,
			policy_fault_errno(result->fault), result->fault);
	if (same && parsed)
		same = same_policy(parsed, &reader, true);
	ipe_free_parsed_policy(parsed);
	if (same && result->fault && reader.header)
		same = same_good(&reader, header);
	return same;
}
