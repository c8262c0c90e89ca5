/*
 * check.c - checking policies before the kernel sees them
 *
 * SPDX-License-Identifier: MIT
 */
#include "check.h"

#include <limits.h>

#include "decide.h"
#include "ipefs.h"
#include "pkcs7.h"
#include "say.h"

/* A good policy among those checked. */
struct member {
	uint64_t version;
	uint32_t sum;     /* of the text (FNV-1a), to tell two of one version apart */
	unsigned options; /* check's at that time */
	struct decisions table;
	char name[NAME_MAX + 1];
	char file[PATH_MAX];
};

/* How many policies are compared with each other.  A machine has two or three; of the table only as
 * much is touched as is used. */
#define SET_MAX 64
static struct member set[SET_MAX + 1]; /* the last place is for one that does not get in */
static size_t set_count;

/*
 * What the rules so far match, by operation and digests, and by these and the kinds of file.  At
 * most two places for each rule with a digest, of which a signed message holds less than 1,640
 * (the shortest has 40 bytes), and 7 * 64 for the others.
 *
 * The same key is taken to be the same rule without a look: among so many that is wrong once in
 * 10^12 policies, and all that comes of it is a wrong warning.
 */
#define RULES_MAX 8192
static struct rule {
	uint64_t key;
	uint32_t line;       /* of the last rule that added kinds; 0: a free place */
	unsigned char kinds; /* as a set of 1 << kind */
} rules[RULES_MAX];

static void begin(struct check *check, size_t line, size_t column, bool error)
{
	error |= check->options & CHECK_STRICT;
	check->errors += error;
	say_begin(error ? SAY_FINDING : SAY_WARNING);
	say_add("%s:", check->file);
	if (line)
		say_add("%u:", (unsigned)line);
	if (column)
		say_add("%u:", (unsigned)column);
	say_add(error ? " error: " : " warning: ");
}

void check_say(struct check *check, size_t line, bool error, const char *what)
{
	begin(check, line, 0, error);
	say_add("%pW", what);
	say_end();
}

/* What was asked for, when there is no list of paths on standard output. */
static void result_begin(const struct check *check)
{
	say_begin(check->options & CHECK_LIST ? SAY_FINDING : SAY_RESULT);
}

static void result_end(struct check *check)
{
	check->errors += !say_end();
}

/* ---- faults of the text in words ---- */

/* Is word what was meant by good?  They differ in at most two bytes that stand together, and in
 * less than half of good; upper and lower case are the same. */
static bool near(struct bytes word, struct bytes good)
{
	size_t most = good.left < 5 ? 1 : 2;
	size_t differ = (word.left > good.left ? word.left : good.left);
	struct bytes a = word, b = good;
	unsigned char x, y;

	while (bytes_get(&a, &x) && bytes_get(&b, &y) && (x | 32) == (y | 32))
		differ--;
	while (bytes_get_last(&word, &x) && bytes_get_last(&good, &y) && (x | 32) == (y | 32))
		differ--;
	/* what is in both ends was counted twice */
	return (ptrdiff_t)differ <= (ptrdiff_t)most;
}

static void add_guess(const char *guess)
{
	say_add("; did you mean %s?", guess);
}

void check_fault_words(const struct policy_reader *at)
{
	/* in the order of enum policy_fault */
	static const char all[] = "expected policy_name=NAME policy_version=A.B.C\0"
				  "expected policy_name=NAME\0"
				  "expected policy_version=A.B.C\0"
				  "expected nothing behind the version\0"
				  "expected a number\0"
				  "expected a number up to 65535\0"
				  "expected three numbers, A.B.C\0"
				  "expected op= or DEFAULT\0"
				  "unknown operation\0"
				  "unknown property\0"
				  "unknown value\0"
				  "expected ALGORITHM:HEXADECIMAL\0"
				  "expected a hexadecimal digit\0"
				  "expected action=ALLOW or action=DENY\0"
				  "unknown action\0"
				  "a default cannot have a property\0"
				  "a second default for the same operation\0"
				  "expected DEFAULT action=, or one for each operation";
	static const char *const few[] = {"op=", "DEFAULT", "TRUE", "FALSE", "ALLOW", "DENY"};
	const char *what = all, *const *words = few;
	struct bytes word = at->word, rest = word;
	unsigned char byte = 0;
	bool unknown = true;
	int count = 2, i;

	for (i = TEXT_NO_HEADER; i < (int)at->fault; i++)
		what += strlen(what) + 1;
	say_add("%pW", what);
	switch (at->fault) {
	case TEXT_OPERATION_UNKNOWN:
		words = policy_op_words;
		count = OP_COUNT;
		break;
	case TEXT_PROPERTY_UNKNOWN:
		words = policy_property_words;
		count = POLICY_PROPERTIES;
		break;
	case TEXT_ACTION_UNKNOWN:
		words += 2;
		/* fall through */
	case TEXT_PROPERTY_VALUE:
		words += 2;
		break;
	case TEXT_DEFAULT_PROPERTY:
	case TEXT_DEFAULT_TWICE:
		return;
	default:
		if (at->fault != TEXT_OPERATION_MISSING)
			count = 0;
		unknown = false;
	}
	if (unknown || word.left)
		say_add(unknown ? " \"%pB\"" : ", not \"%pB\"", &word);
	/* a guess is made at what stands up to "=" */
	while (bytes_get(&rest, &byte) && byte != '=')
		;
	word.left -= rest.left;
	for (i = 0; i < count; i++)
		if (near(word, bytes_of(words[i]))) {
			add_guess(words[i]);
			return;
		}
	if (!unknown)
		return;
	for (i = 0; i < count; i++)
		say_add(!i ? " (%s" : i < count - 1 ? ", %s" : " or %s)", words[i]);
}

/* ---- rules ---- */

/* Warns of a digest that is none of any volume or file. */
static void check_digest(
	struct check *check, const struct policy_reader *at, const struct policy_digest *digest)
{
	/* What dm-verity calls the kernel's algorithms that it can use, each behind an eighth of
	 * its number of digits (none of these may be a blank, which would make the list prose).
	 * fs-verity has the first two. */
	static const char algorithms[] = "\010sha256\0"
					 "\020sha512\0"
					 "\005sha1\0"
					 "\007sha224\0"
					 "\014sha384\0"
					 "\007sha3-224\0"
					 "\010sha3-256\0"
					 "\014sha3-384\0"
					 "\020sha3-512\0"
					 "\010blake2b-256\0"
					 "\020blake2b-512\0"
					 "\010blake2s-256\0"
					 "\010sm3\0"
					 "\005rmd160\0"
					 "\010streebog256\0"
					 "\020streebog512\0"
					 "\010wp256\0"
					 "\014wp384\0"
					 "\020wp512\0"
					 "\004md5\0";
	const char *name = algorithms, *guess = 0;
	bool fsv = digest->property == PROP_FSV_DIGEST, known = false;
	unsigned digits = 0;

	for (int i = 0; *name && !(fsv && i == 2); i++) {
		digits = (unsigned)*name++ * 8;
		known = bytes_equal(digest->algorithm, bytes_of(name));
		if (known)
			break;
		if (!guess && near(digest->algorithm, bytes_of(name)))
			guess = name;
		name += strlen(name) + 1;
	}
	if (known && digest->hex.left == digits)
		return;
	begin(check, at->line, digest->column, false);
	say_add("this digest never matches: ");
	if (known) {
		say_add("%s has %u digits, not %u", name, digits, (unsigned)digest->hex.left);
	} else {
		say_add("%s-verity has no algorithm \"%pB\"", fsv ? "fs" : "dm",
			&digest->algorithm);
		if (guess)
			add_guess(guess);
	}
	say_end();
}

/* FNV-1a, with more than a byte at once */
static uint64_t mix(uint64_t key, uint64_t with)
{
	return (key ^ with) * 0x100000001b3;
}

/* A digest as a number: the same for those that are the same to the kernel. */
static uint64_t digest_key(const struct policy_digest *digest)
{
	struct bytes algorithm = digest->algorithm, hex = digest->hex;
	uint64_t key = 0xcbf29ce484222325;
	unsigned char byte;

	while (bytes_get(&algorithm, &byte))
		key = mix(key, byte);
	key = mix(key, ':');
	while (bytes_get(&hex, &byte))
		key = mix(key, byte | 32);
	return key;
}

/* The place of a key in the table, taken or free. */
static struct rule *find_rule(uint64_t key)
{
	struct rule *rule = &rules[key % RULES_MAX];

	while (rule->line && rule->key != key)
		if (++rule == rules + RULES_MAX)
			rule = rules;
	return rule;
}

/*
 * Warns of a rule that never decides: no file has all its properties, or all kinds of file that it
 * matches are decided by rules before it that have no digest or some of its digests.
 */
static void check_rule(struct check *check, const struct policy_reader *at)
{
	uint64_t keys[2] = {0}, key = 0; /* of the root hash and the fs-verity digest */
	unsigned kinds, decided = 0, i;
	struct rule *rule = 0;
	uint32_t line = 0;

	kinds = decide_kinds(at->properties & ~(unsigned)(PROP_DMV_ROOTHASH | PROP_FSV_DIGEST));
	if (at->digests)
		kinds &= ~(1u << FILE_INITRAMFS);
	for (i = 0; i < at->digests; i++) {
		const struct policy_digest *digest = &at->digest[i];
		uint64_t *seen = &keys[digest->property == PROP_FSV_DIGEST];

		key = digest_key(digest);
		if (!*seen)
			check_digest(check, at, digest);
		else if (*seen != key)
			kinds = 0;
		*seen = key;
	}
	if (!kinds) {
		check_say(check, at->line, false,
			"this rule never matches: no file has all of its properties");
		return;
	}

	/* by none of the digests, by each, by both: the last time by all that it has */
	for (i = 0; i < 4; i++) {
		if ((i & 1 && !keys[0]) || (i & 2 && !keys[1]))
			continue;
		key = mix(mix(at->op + 1, i & 1 ? keys[0] : 0), i & 2 ? keys[1] : 0);
		rule = find_rule(key);
		decided |= rule->kinds;
		if (rule->kinds & kinds && rule->line > line)
			line = rule->line;
	}
	/* of more digests some may not have been kept: then it matches less than is known here */
	if (at->digests < POLICY_DIGESTS) {
		if (kinds & ~(unsigned)rule->kinds)
			rule->line = (uint32_t)at->line;
		rule->key = key;
		rule->kinds |= (unsigned char)kinds;
		key = mix(key, kinds);
		rule = find_rule(key);
		if (rule->line) {
			begin(check, at->line, 0, false);
			say_add("this rule never matches: it repeats line %u", rule->line);
			say_end();
			return;
		}
		rule->line = (uint32_t)at->line;
		rule->key = key;
	}
	if (!(kinds & ~decided)) {
		begin(check, at->line, 0, false);
		say_add("this rule never matches: the rules up to line %u decide first", line);
		say_end();
	}
}

/* ---- a whole policy ---- */

/* Says what the policy decides. */
static void say_table(struct check *check, const struct decisions *table)
{
	result_begin(check);
	say_add("                 initramfs   nowhere dm-verity dm-verity fs-verity fs-verity\n"
		"                                        signed  unsigned    signed  unsigned");
	result_end(check);
	for (int op = 0; op < OP_COUNT; op++) {
		result_begin(check);
		say_add("%s", policy_op_words[op]);
		for (size_t used = strlen(policy_op_words[op]); used < 16; used++)
			say_add(" ");
		for (int kind = 0; kind < FILE_SHOWN; kind++) {
			struct decision by = table->of[op][kind];

			say_add(by.action == ACTION_ALLOW ? " ALLOW" : "  deny");
			for (uint32_t place = 1000; place > by.line && place > 1; place /= 10)
				say_add(" ");
			say_add("%u", by.line);
		}
		if (table->any_digest[op])
			say_add(" and by digest");
		result_end(check);
	}
}

/* Appends who signed a message, and how. */
static void add_signer(const struct pkcs7_message *message)
{
	struct bytes subject = message->subject, value;
	const char *label;

	say_add(", signed by ");
	if (!subject.left)
		say_add("a certificate that is not included, ");
	while (pkcs7_name_next(&subject, &label, &value))
		say_add("%s=%pB, ", label ? label : "?", &value);
	say_add("%s, %s", message->key ? message->key : "?",
		message->digest ? message->digest : "?");
}

/*
 * Checks a text; message is what it was found in, or null; errors is how many there were before
 * this file.
 */
static void check_text(struct check *check, struct bytes text, const struct pkcs7_message *message,
	unsigned errors)
{
	struct member *member = &set[set_count];
	bool denies = false, faulty = false;
	struct policy_reader reader;
	enum policy_event event;

	memset(rules, 0, sizeof(rules));
	policy_start(&reader, text);
	decide_start(&member->table);
	while ((event = policy_next(&reader)) != EVENT_END) {
		switch (event) {
		case EVENT_HEADER:
			check->name = reader.name;
			if (ipefs_name_fits(reader.name))
				break;
			faulty = true;
			check->name.left = 0;
			begin(check, reader.line, (size_t)(reader.name.at - reader.text.at) + 1,
				true);
			say_add("policy_name \"%pB\" cannot be a directory (no slash, not . or .., "
				"at most 255 bytes)",
				&reader.name);
			say_end();
			break;
		case EVENT_FAULT:
			faulty = true;
			begin(check, reader.line, reader.column, true);
			check_fault_words(&reader);
			say_end();
			break;
		case EVENT_RULE:
			denies |= reader.digests && reader.action == ACTION_DENY;
			check_rule(check, &reader);
			/* fall through */
		default:
			decide_event(&member->table, event, &reader);
		}
	}
	if (faulty || (message && message->refused))
		return;

	decide_end(&member->table);
	for (int op = 0; op < OP_COUNT; op++)
		for (int kind = 0; kind < FILE_COUNT; kind++)
			denies |= member->table.of[op][kind].action == ACTION_DENY;
	if (!denies && reader.defaults[OP_NONE] != ACTION_DENY)
		check_say(check, 0, false, "nothing is ever denied");
	if (!reader.defaults[OP_NONE])
		check_say(check, 0, false,
			"no global DEFAULT: a kernel with a new operation refuses the policy");
	if (set_count == SET_MAX) {
		check_say(check, 0, false,
			"too many policies: this one is not compared with the others");
	} else {
		set_count++;
		member->version = policy_version_number(reader.version);
		member->sum = 2166136261U;
		for (size_t at = 0; at < text.left; at++)
			member->sum = (member->sum ^ text.at[at]) * 16777619U;
		member->options = check->options;
		memcpy(member->name, check->name.at, check->name.left);
		member->name[check->name.left] = 0;
		/* no file with a longer name can be opened */
		memcpy(member->file, check->file, strlen(check->file) + 1);
	}
	if (check->errors != errors || say_quiet)
		return;
	if (!(check->options & CHECK_LIST)) {
		result_begin(check);
		say_add("%s: %pB %pV, %u rule%s", check->file, &check->name, &reader.version,
			(unsigned)reader.rules, reader.rules == 1 ? "" : "s");
		if (message)
			add_signer(message);
		result_end(check);
	}
	if (check->options & CHECK_TABLE)
		say_table(check, &member->table);
}

bool check_policy(struct check *check, const char *file, struct bytes content)
{
	unsigned errors = check->errors;
	struct pkcs7_message message;
	enum pkcs7_fault fault = pkcs7_read(content, &message);

	check->file = file;
	check->name.left = 0;
	if (fault == PKCS7_NOT_DER) {
		check_text(check, content, 0, errors);
	} else if (fault) {
		check_say(check, 0, true, pkcs7_fault_words(fault));
	} else {
		if (message.refused)
			check_say(check, 0, true, pkcs7_fault_words(message.refused));
		if (!message.subject.left)
			check_say(check, 0, false,
				"the signer's certificate is not included: only a kernel that "
				"itself has it takes this (sign without -nocerts and -keyid)");
		else if (message.issuer_unknowable)
			check_say(check, 0, false,
				"the signer's certificate names no authority key: only a kernel "
				"that itself has it takes this (give it X.509v3 extensions)");
		check_text(check, message.text, &message, errors);
	}
	return check->errors == errors;
}

/* ---- the set ---- */

/* Says something that names another policy's file. */
static void say_beside(
	struct check *check, bool error, const char *format, const struct member *other)
{
	begin(check, 0, 0, error);
	say_add(format, other->file);
	say_end();
}

/* Says what concerns a policy of the set beside the others. */
static void check_member(struct check *check, const struct member *member)
{
	static const char *const denied[] = {
		"EXECUTE is denied to files of the initramfs: nothing can run there",
		"FIRMWARE is denied to files of the initramfs: drivers there get none",
		("KMODULE is denied to files of the initramfs: modules there do not load (wherever "
		 "KMODULE is restricted, they must also be stored uncompressed)"),
	};
	const struct member *other, *same_name = 0, *above = 0, *before = 0;
	bool handed_over = false, comes_later = false, last = true, in_force;
	enum policy_op favoured = decide_favoured(&member->table);

	for (other = set; other < set + set_count; other++) {
		bool higher = other->version > member->version;

		if (higher && decide_favoured(&other->table) == OP_NONE)
			handed_over = true;
		if (other->version < member->version &&
			other->table.of[OP_EXECUTE][FILE_INITRAMFS].action == ACTION_ALLOW)
			comes_later = true;
		if ((other->options ^ member->options) & CHECK_FINAL) {
			before = other;
			continue;
		}
		if (other > member)
			last = false;
		if (strcmp(other->name, member->name))
			above = higher ? other : above;
		else if (other < member)
			same_name = other;
	}

	check->file = member->file;
	/* The kernel takes one, and ipe-load says of the other that it is not what it has. */
	if (same_name && same_name->version == member->version && same_name->sum != member->sum)
		say_beside(check, member->options & CHECK_INITRAMFS,
			"has the same policy_name and policy_version as %s, and another text",
			same_name);
	else if (same_name)
		say_beside(check, false,
			"has the same policy_name as %s: the kernel keeps only the newer",
			same_name);
	if (member->options & CHECK_FINAL) {
		if (!last)
			return;
		if (favoured != OP_NONE)
			check_say(check, member->table.of[favoured][FILE_INITRAMFS].line, true,
				"the hand-over refuses this: it allows files of the initramfs what "
				"it denies others (do without boot_verified)");
		if (before && before->version >= member->version)
			say_beside(check, true,
				"the hand-over needs a higher version than that of %s", before);
		return;
	}
	if (last && above)
		say_beside(check, false, "cannot take the place of %s, which has a higher version",
			above);
	if (favoured != OP_NONE && !handed_over && !check->favoured) {
		check->favoured = true;
		check_say(check, member->table.of[favoured][FILE_INITRAMFS].line, false,
			"files of the initramfs stay trusted after switch-root: hand over to a "
			"policy "
			"with a higher version that does without boot_verified");
	}
	in_force = last && member->options & CHECK_INITRAMFS;
	for (int op = OP_EXECUTE; op <= OP_KMODULE && (in_force || !comes_later); op++) {
		struct decision by = member->table.of[op][FILE_INITRAMFS];

		if (by.action == ACTION_DENY)
			check_say(check, by.line, in_force && op == OP_EXECUTE, denied[op]);
	}
}

int check_end(struct check *check)
{
	for (size_t i = 0; i < set_count; i++)
		check_member(check, &set[i]);
	set_count = 0;
	return check->errors ? 1 : 0;
}
