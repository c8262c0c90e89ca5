/*
 * check.c - checking policies before the kernel sees them
 *
 * SPDX-License-Identifier: MIT
 */
#include "check/check.h"

#include "find/directories.h"
#include "kernel/ipe.h"
#include "policy/decide.h"
#include "policy/pkcs7.h"
#include "say.h"

unsigned check_options;
struct policy_reader check_reader;

/* A good policy among those checked. */
struct member {
	uint64_t version;
	uint64_t sum;     /* of the text, to tell two of one version apart */
	unsigned options; /* check_options at that time */
	struct decisions table;
	char name[NAME_MAX + 1];
	char file[DIRECTORY_PATH_MAX];
};

/* How many policies are compared with each other.  A machine has two or three; of the table only as
 * much is touched as is used. */
#define SET_MAX 64
static struct member set[SET_MAX + 1]; /* the last place is for one that does not get in */
static struct member *set_end = set;

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
	uint32_t line;  /* of the last rule that added kinds; 0: a free place */
	unsigned kinds; /* as a set of 1 << kind */
} rules[RULES_MAX];

/* ---- faults of the text in words ---- */

/* Is word what was meant by good?  They differ in at most two bytes that stand together, and in
 * less than half of good; upper and lower case are the same. */
static bool near(struct bytes word, struct bytes good)
{
	int most = good.left < 5 ? 1 : 2, byte;
	int differ = (int)(word.left > good.left ? word.left : good.left);
	struct bytes a = word, b = good;

	while ((byte = bytes_get(&a)) >= 0 && !((byte ^ bytes_get(&b)) & ~32))
		differ--;
	while ((byte = bytes_get_last(&word)) >= 0 && !((byte ^ bytes_get_last(&good)) & ~32))
		differ--;
	/* what is in both ends was counted twice */
	return differ <= most;
}

/* Appends what of the list was meant by word; false if none was. */
static bool add_guess(const struct bytes *word, const char *list)
{
	for (; *list; list = bytes_word(list, 1))
		if (near(*word, bytes_of(list))) {
			say_add("; did you mean %s?", list);
			return true;
		}
	return false;
}

void check_fault_words(const struct policy_reader *at)
{
	/* in the order of enum policy_fault */
	static const char *const all = "expected policy_name=NAME policy_version=A.B.C\0"
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
	const char *list = 0;
	struct bytes word = at->word, rest = word;
	bool unknown;
	int byte;

	say_add("%s", bytes_word(all, at->fault - TEXT_NO_HEADER));
	switch (at->fault) {
	case TEXT_OPERATION_UNKNOWN:
		list = policy_ops;
		break;
	case TEXT_PROPERTY_UNKNOWN:
		list = policy_properties;
		break;
	case TEXT_ACTION_UNKNOWN:
		list = policy_actions;
		break;
	case TEXT_PROPERTY_VALUE:
		list = policy_booleans;
		break;
	case TEXT_DEFAULT_PROPERTY:
	case TEXT_DEFAULT_TWICE:
		return;
	default:
		break;
	}
	unknown = list;
	if (!list)
		list = at->fault == TEXT_OPERATION_MISSING ? "op=\0DEFAULT\0" : "";
	if (unknown || word.left)
		say_add(unknown ? " \"%pB\"" : ", not \"%pB\"", &word);
	/* a guess is made at what stands up to "=" */
	do
		byte = bytes_get(&rest);
	while (byte >= 0 && byte != '=');
	word.left -= rest.left;
	if (add_guess(&word, list) || !unknown)
		return;
	for (const char *separator = " (%s"; *list; separator = ", %s") {
		const char *next = bytes_word(list, 1);

		say_add(*next ? separator : " or %s)", list);
		list = next;
	}
}

/* ---- rules ---- */

/* Warns of a digest that is none of any volume or file. */
static void check_digest(const struct policy_digest *digest)
{
	/* What dm-verity calls the kernel's algorithms that it can use; fs-verity has the last
	 * two. */
	static const char *const algorithms =
		"sha1\0sha224\0sha384\0sha3-224\0sha3-256\0sha3-384\0"
		"sha3-512\0blake2b-256\0blake2b-512\0blake2s-256\0sm3\0"
		"rmd160\0streebog256\0streebog512\0wp256\0wp384\0wp512\0"
		"md5\0sha256\0sha512\0";
	/* An eighth of the number of digits of each. */
	static const unsigned char eighths[] = {
		5, 7, 12, 7, 8, 12, 16, 8, 16, 8, 8, 5, 8, 16, 8, 12, 16, 4, 8, 16, 0};
	bool fsv = digest->property == PROP_FSV_DIGEST;
	const unsigned common = sizeof(eighths) - 3;
	unsigned index = fsv ? common : 0, digits;
	const char *list = bytes_word(algorithms, index);
	struct bytes rest = digest->algorithm;

	index += bytes_skip_word(&rest, list);
	digits = rest.left ? 0 : eighths[index];
	digits *= 8;
	if (digits && digest->hex.left == digits)
		return;
	say_place.column = digest->column;
	say_begin(SAY_WARNING);
	say_add("this digest never matches: ");
	if (digits) {
		say_add("%pB has %u digits, not %u", &digest->algorithm, digits,
			(unsigned)digest->hex.left);
	} else {
		say_add("%s-verity has no algorithm \"%pB\"", fsv ? "fs" : "dm",
			&digest->algorithm);
		/* rather one that both have */
		if (!add_guess(&digest->algorithm, bytes_word(algorithms, common)))
			add_guess(&digest->algorithm, list);
	}
	say_end();
}

/* The place of a key in the table, taken or free, with that key in it. */
static struct rule *find_rule(uint64_t key)
{
	struct rule *rule;

	for (uint64_t at = key; rule = &rules[at % RULES_MAX], rule->line && rule->key != key; at++)
		;
	rule->key = key;
	return rule;
}

/*
 * Warns of a rule that never decides: no file has all its properties, or all kinds of file that it
 * matches are decided by rules before it that have no digest or some of its digests.
 */
static void check_rule(const struct policy_reader *at)
{
	uint64_t keys[2] = {0}, key; /* of the root hash and the fs-verity digest */
	unsigned kinds, decided = 0, i;
	struct rule *rule;
	uint32_t line = 0;

	kinds = decide_kinds(at->properties & ~(unsigned)(PROP_DMV_ROOTHASH | PROP_FSV_DIGEST));
	if (at->digests)
		kinds &= ~(1u << FILE_INITRAMFS);
	for (i = 0; i < at->digests; i++) {
		const struct policy_digest *digest = &at->digest[i];
		uint64_t *seen = &keys[digest->property == PROP_FSV_DIGEST];

		/* the same for those that are the same to the kernel */
		key = bytes_mix(~digest->hex.left, digest->algorithm, 0);
		key = bytes_mix(key, digest->hex, 32);
		if (!*seen)
			check_digest(digest);
		else if (*seen != key)
			kinds = 0;
		*seen = key;
	}
	if (!kinds) {
		say(SAY_WARNING, "this rule never matches: no file has all of its properties");
		return;
	}

	/* by none of the digests, by each, by both: the last time by all that it has */
	i = 0;
	do {
		key = bytes_mix_number(
			bytes_mix_number(at->op + 1, i & 1 ? keys[0] : 0), i & 2 ? keys[1] : 0);
		rule = find_rule(key);
		decided |= rule->kinds;
		if (rule->kinds & kinds && rule->line > line)
			line = rule->line;
	} while (++i < 4);
	/* of more digests some may not have been kept: then it matches less than is known here */
	if (at->digests < POLICY_DIGESTS) {
		if (kinds & ~rule->kinds)
			rule->line = at->line;
		rule->kinds |= kinds;
		key = bytes_mix_number(key, kinds);
		rule = find_rule(key);
		if (rule->line) {
			say(SAY_WARNING, "this rule never matches: it repeats line %u", rule->line);
			return;
		}
		rule->line = at->line;
	}
	if (!(kinds & ~decided))
		say(SAY_WARNING, "this rule never matches: the rules up to line %u decide first",
			line);
}

/* ---- a whole policy ---- */

/* Says what the policy decides. */
static void say_table(const struct decisions *table, enum say_kind kind)
{
	const char *name = policy_ops;

	say(kind, "                 initramfs nowhere   dm-verity dm-verity fs-verity fs-verity\n"
		  "                                     signed    unsigned  signed    unsigned");
	for (int op = 0; op < OP_COUNT; op++) {
		const int *of = table->of[op];

		say_begin(kind);
		say_add("%s", name);
		name = bytes_word(name, 1);
		for (size_t file = 0; file < FILE_SHOWN; file++) {
			int line = of[file];

			say_pad((unsigned)(17 + 10 * file));
			if (line > 0)
				say_add("ALLOW %u", (unsigned)line);
			else
				say_add("deny %u", (unsigned)-line);
		}
		if (of[FILE_DIGEST_ALLOWED] | of[FILE_DIGEST_DENIED])
			say_add(" and by digest");
		say_end();
	}
}

/* Appends who signed a message, and how.  Takes its subject. */
static void add_signer(struct pkcs7_message *message)
{
	struct bytes value;
	const char *label;

	say_add(", signed by ");
	if (!message->subject.left)
		say_add("a certificate that is not included, ");
	while (pkcs7_name_next(&message->subject, &label, &value))
		say_add("%s=%pB, ", label, &value);
	say_add("%s, %s", pkcs7_word(message->key), pkcs7_word(message->digest));
}

bool check_policy(const char *file, struct bytes content)
{
	unsigned errors = say_errors;
	static struct pkcs7_message message;
	enum pkcs7_fault fault = pkcs7_read(content, &message);
	const bool is_signed = fault != PKCS7_NOT_DER;
	struct member *member = set_end;
	struct policy_reader *at;
	enum policy_event event;
	enum say_kind kind = SAY_RESULT;
	bool faulty = false;
	int denies = 0;
	size_t i;

	say_place = (struct say_place){.file = file};
	check_reader.name.left = 0;
	if (is_signed) {
		content = message.text;
		if (!fault)
			fault = message.refused;
	} else if (!(check_options & (CHECK_LIST | CHECK_ALL))) {
		fault = PKCS7_OK;
	}
	if (fault) {
		faulty = true;
		say(SAY_FINDING, "%s", pkcs7_fault_words(fault));
	}
	if (is_signed) {
		if (!content.left)
			return false;
		if (!message.subject.left)
			say(SAY_WARNING,
				"the signer's certificate is not included: only a kernel that "
				"itself has it takes this (sign without -nocerts and -keyid)");
		else if (message.issuer_unknowable)
			say(SAY_WARNING,
				"the signer's certificate names no authority key: only a kernel "
				"that itself has it takes this (give it X.509v3 extensions)");
	}

	at = policy_start(&check_reader, content);
	memset(rules, 0, sizeof(rules));
	decide_start(&member->table);
	while ((event = policy_next(at)) != EVENT_END) {
		say_place.line = at->line;
		switch (event) {
		case EVENT_HEADER:
			if (ipefs_name_fits(at->name))
				break;
			faulty = true;
			say_place.column = (unsigned)(at->name.at - at->text.at) + 1;
			say(SAY_FINDING,
				"policy_name \"%pB\" cannot be a directory (no slash, not . or .., "
				"at most 255 bytes)",
				&at->name);
			at->name.left = 0;
			break;
		case EVENT_FAULT:
			faulty = true;
			say_place.column = at->column;
			say_begin(SAY_FINDING);
			check_fault_words(at);
			say_end();
			if (at->fault < TEXT_OPERATION_MISSING) /* the header's */
				at->name.left = 0;
			break;
		case EVENT_RULE:
			check_rule(at);
			/* fall through */
		default:
			decide_event(&member->table, event, at);
		}
	}
	say_place.line = 0;
	if (faulty)
		return false;

	decide_end(&member->table);
	for (i = 0; i < sizeof(member->table.of) / sizeof(int); i++)
		denies |= (&member->table.of[0][0])[i];
	if (denies >= 0)
		say(SAY_WARNING, "nothing is ever denied");
	if (!at->defaults[OP_NONE])
		say(SAY_WARNING,
			"no global DEFAULT: a kernel with a new operation refuses the policy");
	if (member == set + SET_MAX) {
		say(SAY_WARNING, "too many policies: this one is not compared with the others");
	} else {
		set_end++;
		member->version = at->version.number;
		member->sum = bytes_mix(0, content, 0);
		member->options = check_options;
		memcpy(member->name, at->name.at, at->name.left);
		member->name[at->name.left] = 0;
		/* no file with a longer name can be opened */
		memcpy(member->file, file, strlen(file) + 1);
	}
	if (say_errors != errors)
		return false;
	if (say_quiet)
		return true;
	if (check_options & CHECK_LIST) {
		/* The list is of what belongs into an initramfs. */
		if ((check_options & (CHECK_TABLE | CHECK_FINAL)) != CHECK_TABLE)
			return true;
		kind = SAY_PLAIN;
	}
	say_begin(kind);
	say_add("%s: %pB %pV, %u rule%s", file, &at->name, &at->version, at->rules,
		at->rules == 1 ? "" : "s");
	if (is_signed)
		add_signer(&message);
	say_end();
	if (check_options & CHECK_TABLE)
		say_table(&member->table, kind);
	return true;
}

/* ---- the set ---- */

/* Says what concerns a policy of the set beside the others. */
static void check_member(const struct member *member)
{
	static const char *const denied =
		"EXECUTE is denied to files of the initramfs: nothing can run there\0"
		"FIRMWARE is denied to files of the initramfs: drivers there get none\0"
		"KMODULE is denied to files of the initramfs: modules there do not load (wherever "
		"KMODULE is restricted, they must also be stored uncompressed)";
	static bool favoured_said;
	const struct member *other, *same_name = 0, *above = 0, *before = 0;
	enum { HANDED_OVER = 1, COMES_LATER = 2, NOT_LAST = 4 };
	unsigned others = 0;
	bool in_force;
	enum policy_op op;
	int line = member->table.favoured_line;

	for (other = set; other != set_end; other++) {
		bool higher = other->version > member->version;

		if (higher && !other->table.favoured_line)
			others |= HANDED_OVER;
		if (other->version < member->version &&
			other->table.of[OP_EXECUTE][FILE_INITRAMFS] > 0)
			others |= COMES_LATER;
		if ((other->options ^ member->options) & CHECK_FINAL) {
			before = other;
			continue;
		}
		if (other > member)
			others |= NOT_LAST;
		if (strcmp(other->name, member->name))
			above = higher ? other : above;
		else if (other < member)
			same_name = other;
	}

	say_place = (struct say_place){.file = member->file};
	/* The kernel takes one, and ipe-load says of the other that it is not what it has. */
	if (same_name) {
		if (same_name->version == member->version && same_name->sum != member->sum)
			say(member->options & (CHECK_INITRAMFS | CHECK_ALL) ? SAY_FINDING
									    : SAY_WARNING,
				"has the same policy_name and policy_version as %s, and another "
				"text",
				same_name->file);
		else
			say(SAY_WARNING,
				"has the same policy_name as %s: the kernel keeps only the newer",
				same_name->file);
	}
	if (member->options & CHECK_FINAL) {
		if (others & NOT_LAST)
			return;
		say_place.line = (unsigned)line;
		if (line)
			say(SAY_FINDING,
				"the hand-over refuses this: it allows files of the initramfs what "
				"it denies others (do without boot_verified)");
		say_place.line = 0;
		/* But the active one itself may stay. */
		if (before && before->version >= member->version &&
			(before->version > member->version || before->sum != member->sum))
			say(SAY_FINDING, "the hand-over needs a higher version than that of %s",
				before->file);
		return;
	}
	if (!(others & NOT_LAST) && above)
		say(SAY_WARNING, "cannot take the place of %s, which has a higher version",
			above->file);
	if (line && !(others & HANDED_OVER) && !favoured_said) {
		favoured_said = true;
		say_place.line = (unsigned)line;
		say(SAY_WARNING,
			"files of the initramfs stay trusted after switch-root: hand over to a "
			"policy "
			"with a higher version that does without boot_verified");
	}
	in_force = !(others & NOT_LAST) && member->options & CHECK_INITRAMFS;
	for (op = OP_EXECUTE; op <= OP_KMODULE && (in_force || !(others & COMES_LATER)); op++) {
		line = member->table.of[op][FILE_INITRAMFS];
		say_place.line = (unsigned)-line;
		if (line < 0)
			say(in_force && op == OP_EXECUTE ? SAY_FINDING : SAY_WARNING, "%s",
				bytes_word(denied, op));
	}
}

int check_end(void)
{
	for (const struct member *member = set; member != set_end; member++)
		check_member(member);
	set_end = set;
	return say_errors != 0;
}
