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

/* The operations that a system needs in its initramfs: EXECUTE, FIRMWARE, KMODULE. */
#define EARLY_OPS (OP_KMODULE + 1)

/* How many policies are compared with each other.  A machine has two or three; the table is
 * touched only as far as it is used. */
#define SET_MAX 64

/* A good policy among those checked. */
struct member {
	uint64_t version;
	uint32_t favoured;          /* line that trusts the initramfs more than nothing, or 0 */
	uint32_t denied[EARLY_OPS]; /* line that denies the operation to the initramfs, or 0 */
	unsigned options;           /* check's at that time */
	unsigned char name_length;
	unsigned char name[NAME_MAX];
	char file[PATH_MAX];
};

static struct member set[SET_MAX];
static size_t set_count;

/*
 * Rules with a digest, by what they name.  The shortest has 40 bytes, so a signed message holds
 * less than 1,640, and the table stays half empty.
 *
 * Two rules with the same key are taken to be the same without a look: among 1,640 that happens
 * once in 10^13 policies, and all that comes of it is a wrong warning.
 */
#define DIGEST_RULES 4096
static struct digest_rule {
	uint64_t key;
	uint32_t line;       /* 0: a free place */
	unsigned char kinds; /* decided by rules with this key, as a set of 1 << kind */
} digest_rules[DIGEST_RULES];

/* Begins a finding; false if it is not to be said. */
static bool begin(struct check *check, size_t line, size_t column, bool error)
{
	error |= check->options & CHECK_STRICT;
	if (error) {
		check->errors++;
	} else {
		check->warnings++;
		if (check->options & CHECK_QUIET)
			return false;
	}
	say_begin(SAY_FINDING);
	say_add("%s:", check->file);
	if (line)
		say_add("%u:", (unsigned)line);
	if (column)
		say_add("%u:", (unsigned)column);
	say_add(error ? " error: " : " warning: ");
	return true;
}

static void finding(struct check *check, size_t line, bool error, const char *what)
{
	if (!begin(check, line, 0, error))
		return;
	say_add("%pW", what);
	say_end();
}

void check_error(struct check *check, const char *what)
{
	finding(check, 0, true, what);
}

void check_warn(struct check *check, const char *what)
{
	finding(check, 0, false, what);
}

/* What was asked for. */
static void result_begin(const struct check *check)
{
	say_begin(check->options & CHECK_LIST ? SAY_FINDING : SAY_RESULT);
}

static void result_end(struct check *check)
{
	if (say_end())
		return;
	check->errors++;
	say(SAY_ERROR, "standard output: cannot be written");
}

/* ---- faults of the text in words ---- */

static unsigned char lower(unsigned char byte)
{
	return byte >= 'A' && byte <= 'Z' ? byte | 32 : byte;
}

/* Does word become candidate by at most so many bytes put in, left out or exchanged, upper and
 * lower case being the same? */
static bool near(struct bytes word, struct bytes candidate, unsigned changes)
{
	struct bytes more_word, more_candidate;
	unsigned char a, b;

	for (;;) {
		more_word = word;
		more_candidate = candidate;
		if (!bytes_get(&more_word, &a) || !bytes_get(&more_candidate, &b))
			return word.left + candidate.left <= changes;
		if (lower(a) != lower(b))
			break;
		word = more_word;
		candidate = more_candidate;
	}
	return changes-- &&
	       (near(more_word, more_candidate, changes) || near(more_word, candidate, changes) ||
		       near(word, more_candidate, changes));
}

/* Appends a guess at what was meant if one candidate is near.  Of a word with a "=" only what
 * stands up to it is compared with a candidate that ends with one. */
static bool add_guess(struct bytes word, const char *candidate)
{
	struct bytes good = bytes_of(candidate), key;
	const unsigned char *equals = memchr(word.at, '=', word.left);

	/* in a short word two changes leave little */
	if (equals && bytes_take(&word, (size_t)(equals - word.at) + 1, &key))
		word = key;
	if (!near(word, good, good.left < 5 ? 1 : 2))
		return false;
	say_add("; did you mean %s?", candidate);
	return true;
}

/* Appends "A, B or C": those of the words whose bit is set. */
static void add_list(const char *const *words, unsigned which)
{
	for (; which; words++) {
		if (which & 1) {
			say_add("%s", *words);
			if (which > 1)
				say_add((which >> 1) & ((which >> 1) - 1) ? ", " : " or ");
		}
		which >>= 1;
	}
}

void check_fault_words(const struct policy_reader *at)
{
	/* in the order of enum policy_fault */
	static const char all[] = "policy_name=NAME policy_version=A.B.C\0"
				  "policy_name=NAME\0"
				  "policy_version=A.B.C\0"
				  "nothing behind the version\0"
				  "a number\0"
				  "a number up to 65535\0"
				  "three numbers, A.B.C\0"
				  "op= or DEFAULT\0"
				  "operation\0"
				  "property\0"
				  "value\0"
				  "ALGORITHM:HEXADECIMAL\0"
				  "a hexadecimal digit\0"
				  "action=ALLOW or action=DENY\0"
				  "action\0"
				  "a default cannot have a property\0"
				  "a second default for the same operation\0"
				  "no global DEFAULT, and none for ";
	static const char *const starts[] = {"op=", "DEFAULT"};
	static const char *const values[] = {"TRUE", "FALSE"};
	static const char *const actions[] = {"ALLOW", "DENY"};
	const char *what = all, *const *words = values;
	unsigned which = 3;
	bool unknown = true;

	for (int fault = TEXT_NO_HEADER; fault < (int)at->fault; fault++)
		what += strlen(what) + 1;
	switch (at->fault) {
	case TEXT_OPERATION_MISSING:
		words = starts;
		unknown = false;
		break;
	case TEXT_OPERATION_UNKNOWN:
		words = policy_op_words;
		which = (1 << OP_COUNT) - 1;
		break;
	case TEXT_PROPERTY_UNKNOWN:
		words = policy_property_words;
		which = (1 << POLICY_PROPERTIES) - 1;
		break;
	case TEXT_PROPERTY_VALUE:
		break;
	case TEXT_ACTION_UNKNOWN:
		words = actions;
		break;
	case TEXT_DEFAULT_MISSING:
		which = 0;
		for (int op = 0; op < OP_COUNT; op++)
			which |= (unsigned)!at->defaults[op] << op;
		say_add("%pW", what);
		add_list(policy_op_words, which);
		return;
	default:
		which = 0;
		unknown = false;
	}

	if (at->fault >= TEXT_DEFAULT_PROPERTY) {
		say_add("%pW", what);
		return;
	}
	say_add(unknown ? "unknown %pW" : "expected %pW", what);
	if (unknown || at->word.left)
		say_add(unknown ? " \"%pB\"" : ", not \"%pB\"", &at->word);
	for (int i = 0; which >> i; i++)
		if (add_guess(at->word, words[i]))
			return;
	if (unknown) {
		say_add(" (");
		add_list(words, which);
		say_add(")");
	}
}

/* ---- rules ---- */

/* What dm-verity calls the kernel's algorithms that it can use, each behind a fourth of its length
 * in bytes (none may look like a blank: that would make the list prose).  fs-verity has the first
 * two. */
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

/* Warns of a digest that is none of any volume or file. */
static void check_digest(
	struct check *check, const struct policy_reader *at, const struct policy_digest *digest)
{
	bool fsv = digest->property == PROP_FSV_DIGEST;
	const char *end = fsv ? strchr(strchr(algorithms, 0) + 1, 0) + 1
			      : algorithms + sizeof(algorithms) - 1;
	const char *name;

	for (name = algorithms; name < end; name = strchr(name, 0) + 1) {
		size_t digits = (size_t)*name++ * 8;

		if (!bytes_equal(digest->algorithm, bytes_of(name)))
			continue;
		if (digest->hex.left != digits && begin(check, at->line, digest->column, false)) {
			say_add("this digest never matches: %s has %u digits, not %u", name,
				(unsigned)digits, (unsigned)digest->hex.left);
			say_end();
		}
		return;
	}
	if (!begin(check, at->line, digest->column, false))
		return;
	say_add("this digest never matches: %s-verity has no algorithm \"%pB\"", fsv ? "fs" : "dm",
		&digest->algorithm);
	for (name = algorithms; name < end; name = strchr(name, 0) + 1)
		if (add_guess(digest->algorithm, ++name))
			break;
	say_end();
}

/* FNV-1a */
static uint64_t hash(uint64_t key, unsigned char byte)
{
	return (key ^ byte) * 0x100000001b3;
}

/* A digest as a number: the same for those that the kernel takes to be the same. */
static uint64_t hash_digest(const struct policy_digest *digest)
{
	uint64_t key = hash(0xcbf29ce484222325, (unsigned char)digest->property);
	struct bytes algorithm = digest->algorithm, hex = digest->hex;
	unsigned char byte;

	while (bytes_get(&algorithm, &byte))
		key = hash(key, byte);
	key = hash(key, ':');
	while (bytes_get(&hex, &byte))
		key = hash(key, lower(byte));
	return key;
}

/* The place of a key in the table, taken or free. */
static struct digest_rule *find_digest_rule(uint64_t key)
{
	size_t at = key % DIGEST_RULES;

	while (digest_rules[at].line && digest_rules[at].key != key)
		at = (at + 1) % DIGEST_RULES;
	return &digest_rules[at];
}

/*
 * Warns of a rule that never decides: no file has all its properties, or for each kind of file that
 * it matches a rule before it, with no digest or some of its digests, decides.  table is what the
 * rules before it decide.
 */
static void check_rule(
	struct check *check, const struct policy_reader *at, const struct decisions *table)
{
	/* [0] none, [1] by the root hash, [2] by the fs-verity digest, [3] by both */
	uint64_t keys[4] = {0}, key = 0;
	struct digest_rule *before[4] = {0}, *own = 0;
	uint32_t first = UINT32_MAX, last = 0;
	bool same = true;
	unsigned kinds, kind, i;

	kinds = decide_kinds(at->properties & ~(PROP_DMV_ROOTHASH | PROP_FSV_DIGEST));
	if (at->digests)
		kinds &= ~(1u << FILE_INITRAMFS);
	for (i = 0; i < at->digests; i++) {
		const struct policy_digest *digest = &at->digest[i];
		uint64_t *seen = &keys[digest->property == PROP_FSV_DIGEST ? 2 : 1];

		key = hash_digest(digest);
		if (!*seen)
			check_digest(check, at, digest);
		else if (*seen != key)
			kinds = 0;
		*seen = key;
	}
	if (!kinds) {
		finding(check, at->line, false,
			"this rule never matches: no file has all of its properties");
		return;
	}
	if (keys[1] && keys[2])
		keys[3] = hash(keys[1], 0) ^ keys[2];
	for (i = 1; i < 4; i++)
		if (keys[i]) {
			key = hash(keys[i], (unsigned char)at->op);
			own = before[i] = find_digest_rule(key);
		}

	for (kind = 0; kind < FILE_COUNT; kind++) {
		const struct decision *by = &table->of[at->op][kind];
		uint32_t line = by->line;
		unsigned decided = by->kinds;

		if (!(kinds >> kind & 1))
			continue;
		for (i = 1; i < 4 && !line; i++) {
			if (!before[i] || !(before[i]->kinds >> kind & 1))
				continue;
			line = before[i]->line;
			decided = before[i] == own ? own->kinds : 0;
		}
		same &= decided == kinds;
		if (line < first)
			first = line;
		if (line > last)
			last = line;
	}
	/* of more digests some may not have been kept: then it matches less than is known here */
	if (own && at->digests < POLICY_DIGESTS) {
		if (!own->line)
			own->line = (uint32_t)at->line;
		own->key = key;
		own->kinds |= (unsigned char)kinds;
	}
	if (!first || !begin(check, at->line, 0, false))
		return;
	if (first != last)
		say_add("this rule never matches: lines %u to %u decide first", first, last);
	else if (same)
		say_add("this rule never matches: it repeats line %u", first);
	else
		say_add("this rule never matches: line %u decides first", first);
	say_end();
}

/* ---- a whole policy ---- */

/* Appends spaces up to the table's next column. */
static void add_gap(size_t used, size_t width)
{
	do
		say_add(" ");
	while (++used < width);
}

/* Says what the policy decides. */
static void say_table(struct check *check, const struct decisions *table)
{
	bool any_digest = false;

	result_begin(check);
	say_add("                 initramfs  nowhere    dm-verity  dm-verity  fs-verity  "
		"fs-verity");
	result_end(check);
	result_begin(check);
	say_add("                                       signed     unsigned   signed     unsigned");
	result_end(check);
	for (int op = 0; op < OP_COUNT; op++) {
		result_begin(check);
		say_add("%s%s", policy_op_words[op], table->any_digest[op] ? "*" : "");
		add_gap(strlen(policy_op_words[op]) + table->any_digest[op], 17);
		any_digest |= table->any_digest[op];
		for (int kind = 0; kind < FILE_SHOWN; kind++) {
			const struct decision *by = &table->of[op][kind];
			/* "ALLOW " or "deny " and a digit; the column has 11 places */
			size_t used = by->action == ACTION_ALLOW ? 7 : 6;

			say_add(by->action == ACTION_ALLOW ? "ALLOW %u" : "deny %u", by->line);
			for (uint32_t line = by->line; line > 9; line /= 10)
				used++;
			if (kind < FILE_SHOWN - 1)
				add_gap(used, 11);
		}
		result_end(check);
	}
	if (!any_digest)
		return;
	result_begin(check);
	say_add("* and for the volumes or files that its rules name by a digest");
	result_end(check);
}

/* Appends who signed a message, and how. */
static void add_signer(const struct pkcs7_message *message)
{
	struct bytes subject = message->subject, value;
	const char *label, *between = "";

	say_add(", signed by ");
	if (!subject.left)
		say_add("a certificate that is not included");
	for (; pkcs7_name_next(&subject, &label, &value); between = ", ")
		say_add("%pW%s=%pB", between, label ? label : "?", &value);
	say_add(", %s, %s", message->key ? message->key : "?",
		message->digest ? message->digest : "?");
}

/* Warns of what the finished table shows. */
static void check_table(struct check *check, const struct decisions *table, bool denies)
{
	for (int op = 0; op < OP_COUNT; op++)
		for (int kind = 0; kind < FILE_COUNT; kind++)
			denies |= table->of[op][kind].action == ACTION_DENY;
	denies |= table->defaults[OP_NONE].action == ACTION_DENY;
	if (!denies)
		check_warn(check, "nothing is ever denied");
	if (!table->defaults[OP_NONE].action)
		check_warn(check,
			"no global DEFAULT: a kernel with a new operation refuses the policy");
}

/* Adds a good policy to the set. */
static void add_member(
	struct check *check, const struct policy_reader *at, const struct decisions *table)
{
	enum policy_op favoured = decide_favoured(table);
	struct member *member;

	if (set_count == SET_MAX) {
		check_warn(check, "too many policies: this one is not compared with the others");
		return;
	}
	member = &set[set_count++];
	memset(member, 0, sizeof(*member));
	member->version = policy_version_number(at->version);
	member->options = check->options;
	member->name_length = (unsigned char)check->name.left;
	memcpy(member->name, check->name.at, check->name.left);
	strncpy(member->file, check->file, sizeof(member->file) - 1);
	if (favoured != OP_NONE)
		member->favoured = table->of[favoured][FILE_INITRAMFS].line;
	for (int op = 0; op < EARLY_OPS; op++)
		if (table->of[op][FILE_INITRAMFS].action == ACTION_DENY)
			member->denied[op] = table->of[op][FILE_INITRAMFS].line;
}

/* Checks a text; message is what it was found in, or null; errors is
 * how many there were before this file. */
static void check_text(struct check *check, struct bytes text, const struct pkcs7_message *message,
	unsigned errors)
{
	static bool digest_rules_used;
	struct policy_reader reader;
	struct decisions table;
	enum policy_event event;
	bool denies = false, faulty = false;

	if (digest_rules_used)
		memset(digest_rules, 0, sizeof(digest_rules));
	digest_rules_used = false;
	policy_start(&reader, text);
	decide_start(&table);
	while ((event = policy_next(&reader)) != EVENT_END) {
		if (event == EVENT_FAULT) {
			faulty = true;
			begin(check, reader.line, reader.column, true);
			check_fault_words(&reader);
			say_end();
			continue;
		}
		if (event == EVENT_HEADER) {
			if (ipefs_name_fits(reader.name)) {
				check->name = reader.name;
				continue;
			}
			faulty = true;
			begin(check, reader.line, (size_t)(reader.name.at - reader.text.at) + 1,
				true);
			say_add("policy_name \"%pB\" cannot be a directory (no slash, not . or "
				".., at most 255 bytes)",
				&reader.name);
			say_end();
			continue;
		}
		if (event == EVENT_RULE) {
			check_rule(check, &reader, &table);
			if (reader.digests) {
				digest_rules_used = true;
				denies |= reader.action == ACTION_DENY;
			}
		}
		decide_event(&table, event, &reader);
	}
	if (faulty)
		return;
	decide_end(&table);
	check_table(check, &table, denies);
	add_member(check, &reader, &table);
	if (check->errors != errors || check->options & CHECK_QUIET)
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
		say_table(check, &table);
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
		check_error(check, pkcs7_fault_words(fault));
	} else {
		if (message.refused)
			check_error(check, pkcs7_fault_words(message.refused));
		if (!message.subject.left)
			check_warn(check,
				"the signer's certificate is not included: only a kernel that "
				"itself has it takes this (sign without -nocerts and -keyid)");
		else if (message.issuer_unknowable)
			check_warn(check, "the signer's certificate names no authority key: only a "
					  "kernel that "
					  "itself has it takes this (give it X.509v3 extensions)");
		check_text(check, message.text, &message, errors);
	}
	return check->errors == errors;
}

/* ---- the set ---- */

/* Warns of what a policy denies to the initramfs; in_force: it is the one that is active there. */
static void warn_denied(struct check *check, const struct member *member, bool in_force)
{
	static const char *const what[EARLY_OPS] = {
		"EXECUTE is denied to files of the initramfs: nothing can run there",
		"FIRMWARE is denied to files of the initramfs: drivers there get none",
		("KMODULE is denied to files of the initramfs: modules there do not load (wherever "
		 "KMODULE is restricted, they must also be stored uncompressed)"),
	};

	for (int op = 0; op < EARLY_OPS; op++)
		if (member->denied[op])
			finding(check, member->denied[op], in_force && op == OP_EXECUTE, what[op]);
}

/* Says what concerns a policy of the set beside the others. */
static void check_member(struct check *check, const struct member *member)
{
	bool final = member->options & CHECK_FINAL,
	     in_initramfs = member->options & CHECK_INITRAMFS;
	bool handed_over = false, comes_later = false, last = true;
	const struct member *other, *same_name = 0, *above = 0, *before = 0;

	for (other = set; other < set + set_count; other++) {
		if (other->version > member->version && !other->favoured)
			handed_over = true;
		if (other->version < member->version && !other->denied[OP_EXECUTE])
			comes_later = true;
		if ((other->options ^ member->options) & CHECK_FINAL) {
			before = other;
			continue;
		}
		if (other > member)
			last = false;
		if (other->name_length == member->name_length &&
			!memcmp(other->name, member->name, member->name_length)) {
			if (other < member)
				same_name = other;
		} else if (other->version > member->version && !above) {
			above = other;
		}
	}

	check->file = member->file;
	if (same_name && begin(check, 0, 0, false)) {
		say_add("holds a policy of the same name as %s: the kernel keeps the newer one",
			same_name->file);
		say_end();
	}
	if (final) {
		if (last && member->favoured)
			finding(check, member->favoured, true,
				"the hand-over refuses this policy: it allows files of the "
				"initramfs "
				"what it denies others (do without boot_verified)");
		if (last && before && before->version >= member->version) {
			begin(check, 0, 0, true);
			say_add("the hand-over needs a higher version than that of %s",
				before->file);
			say_end();
		}
		return;
	}
	if (last && above && begin(check, 0, 0, false)) {
		say_add("cannot be activated while the policy of %s is active: that has a higher "
			"version",
			above->file);
		say_end();
	}
	if (member->favoured && !handed_over && !check->favoured) {
		check->favoured = true;
		finding(check, member->favoured, false,
			"files of the initramfs stay trusted after switch-root: hand over to a "
			"policy "
			"with a higher version that does without boot_verified");
	}
	if (!comes_later || (in_initramfs && last))
		warn_denied(check, member, in_initramfs && last);
}

int check_end(struct check *check)
{
	for (size_t i = 0; i < set_count; i++)
		check_member(check, &set[i]);
	set_count = 0;
	return check->errors ? 1 : 0;
}
