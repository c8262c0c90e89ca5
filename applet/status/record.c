/*
 * record.c - one audit record of IPE's, read from a line of a log
 *
 * SPDX-License-Identifier: MIT
 */
#include "status/record.h"

#include "hold/number.h"

/* auditd puts this before the fields that it adds to a record (its "enriched" format). */
#define ENRICHMENT "\x1d"

static bool ends_with(struct bytes bytes, unsigned char last)
{
	return bytes_get_last(&bytes) == last;
}

/* ---- what stands before the record's own fields */

/*
 * Takes the prefix of /dev/kmsg, "PRIORITY,SEQUENCE,MICROSECONDS,FLAGS;" (Documentation/ABI/
 * testing/dev-kmsg).  False when there is none.
 */
static bool take_kmsg_prefix(struct bytes *line, uint64_t *priority, uint64_t *number)
{
	struct bytes rest = *line, flags;
	uint64_t first, sequence, microseconds;

	if (!number_take(&rest, 10, &first) || !bytes_skip(&rest, ",") ||
		!number_take(&rest, 10, &sequence) || !bytes_skip(&rest, ",") ||
		!number_take(&rest, 10, &microseconds) || !bytes_skip(&rest, ",") ||
		!bytes_until(&rest, &flags, ";"))
		return false;
	*priority = first;
	*number = sequence;
	*line = rest;
	return true;
}

/* Which type is it by its number, or by the name that include/uapi/linux/audit.h gives it? */
static enum record_type type_of(struct bytes word)
{
	static const char *const numbers[] = {"1420", "1421", "1422", "1404"};
	static const char *const names[] = {
		"IPE_ACCESS", "IPE_CONFIG_CHANGE", "IPE_POLICY_LOAD", "MAC_STATUS"};
	static const enum record_type types[] = {
		RECORD_ACCESS, RECORD_ACTIVATION, RECORD_LOAD, RECORD_ENFORCE, RECORD_NONE};
	struct bytes number;
	unsigned which = bytes_which(word, names, 4);

	if (which < 4)
		return types[which];
	/* What auditd and the journal make of a type that they have no name for. */
	if (!bytes_skip(&word, "AUDIT"))
		(void)bytes_skip(&word, "UNKNOWN[");
	(void)bytes_until(&word, &number, "]");
	return types[bytes_which(number, numbers, 4)];
}

/* Takes "audit(SECONDS.MILLISECONDS:SERIAL): ", or the same behind "msg=". */
static bool take_stamp(struct bytes *line)
{
	struct bytes stamp;

	(void)bytes_skip(line, "msg=");
	return bytes_skip(line, "audit(") && bytes_until(line, &stamp, ")") &&
	       bytes_skip(line, ":");
}

/* Takes "N callbacks suppressed" (lib/ratelimit.c). */
static enum record_type take_suppressed(struct bytes *line, unsigned *count)
{
	uint64_t number;

	if (!number_take(line, 10, &number) || number > UINT32_MAX ||
		!bytes_skip(line, " callbacks suppressed"))
		return RECORD_NONE;
	*count = (unsigned)number;
	return RECORD_SUPPRESSED;
}

/* Takes "type=TYPE audit(...): ", as the kernel and auditd begin a record. */
static enum record_type take_type(struct bytes *line, struct record *record)
{
	enum record_type type;
	struct bytes word;

	if (!bytes_skip(line, "type=") || !bytes_until(line, &word, " "))
		return RECORD_NONE;
	type = type_of(word);
	record->of_audit = take_stamp(line);
	return record->of_audit ? type : RECORD_NONE;
}

/* Takes the beginning of a message of the kernel's.  Further behind there may be names that
 * programs chose. */
static enum record_type take_message(struct bytes *line, struct record *record)
{
	/* kauditd_printk_skb() in kernel/audit.c asks whether it may print. */
	if (bytes_skip(line, "kauditd_printk_skb: "))
		return take_suppressed(line, &record->number);
	if (!bytes_skip(line, "audit: "))
		return RECORD_NONE;
	/* audit_log_start(); audit_lost= also counts what is in the log. */
	if (bytes_skip(line, "audit_backlog="))
		return RECORD_OVERFLOW;
	return take_type(line, record);
}

/* Takes the journal's own form of a record, "TYPE FIELDS". */
static enum record_type take_journal(struct bytes *line, struct record *record)
{
	struct bytes word;

	record->of_audit = record->by_netlink = true;
	return bytes_until(line, &word, " ") ? type_of(word) : RECORD_NONE;
}

static void skip_blanks(struct bytes *line)
{
	while (bytes_skip(line, " "))
		;
}

/* Takes a time in brackets, "[   14.296533] ", and the thread or processor that printk.caller puts
 * behind it, "[   T12] ".  False when there is none. */
static bool take_brackets(struct bytes *line)
{
	struct bytes inner, rest;

	if (!bytes_skip(line, "[") || !bytes_until(line, &inner, "]"))
		return false;
	skip_blanks(line);
	rest = *line;
	if (bytes_skip(&rest, "[")) {
		skip_blanks(&rest);
		if ((bytes_skip(&rest, "T") || bytes_skip(&rest, "C")) &&
			bytes_until(&rest, &inner, "]"))
			*line = rest;
	}
	skip_blanks(line);
	return true;
}

/* Takes what dmesg(1) puts before the time: "<5>", or with -x "kern  :notice: ". */
static void take_level(struct bytes *line)
{
	struct bytes rest = *line, level;

	if (bytes_skip(&rest, "<") && bytes_until(&rest, &level, ">")) {
		*line = rest;
		return;
	}
	rest = *line;
	if (!bytes_skip(&rest, "kern"))
		return;
	skip_blanks(&rest);
	if (!bytes_skip(&rest, ":") || !bytes_until(&rest, &level, ":"))
		return;
	skip_blanks(&rest);
	*line = rest;
}

/* Can the word be one of a date, or a host's name? */
static bool is_plain(struct bytes word)
{
	int byte;

	while ((byte = bytes_get(&word)) >= 0)
		if (!(byte >= '0' && byte <= '9') && !(byte >= 'A' && byte <= 'Z') &&
			!(byte >= 'a' && byte <= 'z') &&
			!bytes_has(bytes_of(".,:+-_"), (unsigned char)byte))
			return false;
	return true;
}

/* The most words before who logs: "Mon 2026-11-30 22:36:18 UTC host". */
#define WORDS_BEFORE_TAG 5

/*
 * Takes the time and the host as the journal and syslog put them, and *tag, who logs: the first
 * word that ends with ":".  *words becomes how many stand before it.
 */
static bool take_tag(struct bytes *line, struct bytes *tag, unsigned *words)
{
	for (*words = 0; *words <= WORDS_BEFORE_TAG; ++*words) {
		skip_blanks(line);
		if (!bytes_until(line, tag, " "))
			return false;
		if (ends_with(*tag, ':'))
			return true;
		if (!is_plain(*tag))
			return false;
	}
	return false;
}

/* Takes all up to the fields of a line that is not from /dev/kmsg, and says what they are. */
static enum record_type take_text(struct bytes *line, struct record *record)
{
	struct bytes rest, word;
	bool timed;
	unsigned words;

	/* auditd's, with the name of the machine or not. */
	if (bytes_skip(line, "node="))
		(void)bytes_until(line, &word, " ");
	rest = *line;
	if (bytes_skip(&rest, "type="))
		return take_type(line, record);

	take_level(line);
	timed = take_brackets(line);
	rest = *line;
	if (!take_tag(&rest, &word, &words))
		return RECORD_NONE;
	/* dmesg's, without a time, with one in brackets, or with another of one word. */
	if (!words ||
		(words == 1 && !timed && bytes_are(word, "audit:") && bytes_skip(&rest, "type="))) {
		if (words)
			(void)bytes_until(line, &word, " ");
		return take_message(line, record);
	}
	*line = rest;
	if (bytes_are(word, "kernel:")) {
		(void)take_brackets(line);
		return take_message(line, record);
	}
	/* auditd's, which audisp has sent to syslog. */
	if (bytes_skip(&word, "audisp"))
		return take_type(line, record);
	if (bytes_are(word, "audit:") || bytes_skip(&word, "audit["))
		return take_journal(line, record);
	return RECORD_NONE;
}

/* ---- fields */

struct field {
	struct bytes name;
	struct bytes value;
	bool quoted; /* the value had quotes around it, which are not part of it */
	bool cut;    /* the second quote is missing */
};

/* Takes the rest of a quoted value.  Words of a policy may have quotes within: the value's end is a
 * quote at the end of a word. */
static void take_quoted(struct bytes *fields, struct field *field)
{
	struct bytes rest = *fields, word;
	size_t length = 0;
	bool more;

	field->quoted = true;
	do {
		more = bytes_until(fields, &word, " ");
		length += word.left;
		if (ends_with(word, '"')) {
			(void)bytes_take(&rest, length - 1, &field->value);
			return;
		}
		length++;
	} while (more);
	field->value = rest;
	field->cut = true;
}

/* Takes the next field, "NAME=VALUE", and what stands before it.  False when there is none. */
static bool take_field(struct bytes *fields, struct field *field)
{
	struct bytes words;

	*field = (struct field){.cut = false};
	if (!bytes_until(fields, &words, "="))
		return false;
	/* Words without "=" may stand before the name. */
	while (bytes_until(&words, &field->name, " "))
		;
	if (bytes_skip(fields, "\""))
		take_quoted(fields, field);
	else
		(void)bytes_until(fields, &field->value, " ");
	return true;
}

/* What the byte is as a hexadecimal digit, or 16.  The kernel writes capitals. */
static unsigned hex_digit(int byte)
{
	if (byte >= '0' && byte <= '9')
		return (unsigned)byte - '0';
	if (byte >= 'A' && byte <= 'F')
		return (unsigned)byte - 'A' + 10;
	return 16;
}

static void add_decoded(struct record *record, unsigned byte)
{
	if (record->decoded_length < sizeof(record->decoded))
		record->decoded[record->decoded_length++] = (unsigned char)byte;
}

/* Decodes the pairs of digits.  False at the first that is none; of a text that was cut, half a
 * pair may be left. */
static bool decode_hex(struct bytes hex, struct record *record)
{
	unsigned high, low;

	while (hex.left >= 2) {
		high = hex_digit(bytes_get(&hex));
		low = hex_digit(bytes_get(&hex));
		if (high > 15 || low > 15)
			return false;
		add_decoded(record, high * 16 + low);
	}
	return true;
}

/* /dev/kmsg has \x5c for a backslash; everything else that it would write so is in hexadecimal
 * already. */
static void decode_backslashes(struct bytes text, struct record *record)
{
	while (text.left) {
		if (bytes_skip(&text, "\\x5c"))
			add_decoded(record, '\\');
		else
			add_decoded(record, (unsigned)bytes_get(&text));
	}
}

/*
 * A string that audit_log_untrustedstring() wrote: between quotes if it has neither quotes, blanks
 * nor any byte beyond printable ASCII, otherwise in hexadecimal.
 */
static struct bytes untrusted(const struct field *field, bool from_kmsg, struct record *record)
{
	size_t start = record->decoded_length;
	struct bytes all, before, result;

	if (field->quoted && !from_kmsg)
		return field->value;
	if (!field->quoted && bytes_are(field->value, "?"))
		return (struct bytes){NULL, 0};
	if (field->quoted) {
		decode_backslashes(field->value, record);
	} else if (!decode_hex(field->value, record)) {
		record->decoded_length = start;
		return field->value;
	}
	all = (struct bytes){record->decoded, record->decoded_length};
	(void)bytes_take(&all, start, &before);
	(void)bytes_take(&all, all.left, &result);
	return result;
}

/* Sets *to, unless it was set before: a field that a newer kernel adds comes later. */
static void set(struct bytes *to, struct bytes value)
{
	if (!to->left && !bytes_are(value, "?"))
		*to = value;
}

/* ---- the records */

static enum record_verdict verdict_of(struct bytes rule, bool permissive)
{
	struct bytes word = rule;

	/* The action is the rule's last word. */
	while (bytes_until(&rule, &word, " "))
		;
	if (bytes_are(word, "action=ALLOW"))
		return RECORD_ALLOWED;
	return permissive ? RECORD_WOULD_BE_DENIED : RECORD_DENIED;
}

/* ipe_audit_match() */
static void read_access(struct bytes fields, bool from_kmsg, struct record *record)
{
	struct bytes enforcing = {NULL, 0};
	struct field field;
	bool ended = false;

	while (take_field(&fields, &field)) {
		/* The first three are words of the kernel's own, which it does not quote. */
		if (bytes_are(field.name, "ipe_op") && !field.quoted) {
			set(&record->operation, field.value);
		} else if (bytes_are(field.name, "ipe_hook") && !field.quoted) {
			set(&record->hook, field.value);
		} else if (bytes_are(field.name, "enforcing") && !field.quoted) {
			set(&enforcing, field.value);
		} else if (bytes_are(field.name, "comm") && !record->program.left) {
			record->program = untrusted(&field, from_kmsg, record);
		} else if (bytes_are(field.name, "path") && !record->path.left) {
			record->path = untrusted(&field, from_kmsg, record);
		} else if (bytes_are(field.name, "dev") && !record->device.left) {
			record->device = untrusted(&field, from_kmsg, record);
		} else if (bytes_are(field.name, "ino") && !record->inode) {
			(void)number_take(&field.value, 10, &record->inode);
		} else if (bytes_are(field.name, "rule") && !record->rule.left) {
			record->rule = field.value;
			ended = field.quoted && !field.cut;
		}
	}
	if (ended)
		record->verdict = verdict_of(record->rule, bytes_are(enforcing, "0"));
}

/* ipe_audit_policy_load() and ipe_audit_policy_activation() */
static void read_policy(struct bytes fields, struct record *record)
{
	struct field field;
	uint64_t error;

	while (take_field(&fields, &field)) {
		if (bytes_are(field.name, "policy_name") ||
			bytes_are(field.name, "new_active_pol_name"))
			set(&record->name, field.value);
		else if (bytes_are(field.name, "policy_version") ||
			 bytes_are(field.name, "new_active_pol_version"))
			set(&record->version, field.value);
		else if (bytes_are(field.name, "old_active_pol_name"))
			set(&record->old_name, field.value);
		else if (bytes_are(field.name, "old_active_pol_version"))
			set(&record->old_version, field.value);
		else if (bytes_are(field.name, "errno") && bytes_skip(&field.value, "-") &&
			 number_take(&field.value, 10, &error) && error < 4096)
			record->error = (unsigned)error;
	}
}

/* ipe_audit_enforce().  SELinux writes records of that type, too, without lsm=ipe. */
static enum record_type read_enforce(struct bytes fields, struct record *record)
{
	enum record_type type = RECORD_NONE;
	struct field field;

	while (take_field(&fields, &field)) {
		if (bytes_are(field.name, "enforcing"))
			record->enforcing = bytes_are(field.value, "1");
		else if (bytes_are(field.name, "lsm") && bytes_are(field.value, "ipe"))
			type = RECORD_ENFORCE;
	}
	return type;
}

/* Empties it without writing all over the place for decoded parts. */
static void clear(struct record *record)
{
	static const struct bytes none;

	record->type = RECORD_NONE;
	record->of_audit = false;
	record->by_netlink = false;
	record->sequence = 0;
	record->verdict = RECORD_CUT;
	record->operation = record->hook = record->program = none;
	record->path = record->device = record->rule = none;
	record->inode = 0;
	record->name = record->version = record->old_name = record->old_version = none;
	record->error = 0;
	record->enforcing = false;
	record->number = 0;
	record->decoded_length = 0;
}

void record_read(struct bytes line, struct record *record)
{
	uint64_t priority = 0;
	struct bytes fields;
	bool from_kmsg;

	clear(record);
	from_kmsg = take_kmsg_prefix(&line, &priority, &record->sequence);
	/* Above 7 it is a message of some program's, who may not write in the kernel's name. */
	if (priority > 7)
		return;
	record->type = from_kmsg ? take_message(&line, record) : take_text(&line, record);
	(void)bytes_until(&line, &fields, ENRICHMENT);
	if (record->type == RECORD_ACCESS)
		read_access(fields, from_kmsg, record);
	else if (record->type == RECORD_ACTIVATION || record->type == RECORD_LOAD)
		read_policy(fields, record);
	else if (record->type == RECORD_ENFORCE)
		record->type = read_enforce(fields, record);
}
