/*
 * denials.c - what IPE denied, from the kernel's log
 *
 * SPDX-License-Identifier: MIT
 */
#include "status/denials.h"

#include <errno.h>
#include <limits.h>
#include <stddef.h>

#include "say.h"
#include "status/auditd.h"
#include "status/cure.h"
#include "status/kinds.h"
#include "status/log.h"
#include "status/record.h"

/* ---- the policies' records */

static void add_policy(struct bytes name, struct bytes version)
{
	say_add("\"%pB\" %pB", &name, &version);
}

static void print_activation(const struct record *record)
{
	say_begin(SAY_RESULT);
	say_add("policy activated: ");
	add_policy(record->name, record->version);
	if (record->old_name.left) {
		say_add(", after ");
		add_policy(record->old_name, record->old_version);
	}
	say_end();
}

/* What the kernel means by an errno when it refuses a policy (security/ipe/policy.c and fs.c,
 * crypto/asymmetric_keys/), or null. */
static const char *refusal_words(unsigned error)
{
	switch (error) {
	case EPERM:
		return "CAP_MAC_ADMIN is missing";
	case ENOKEY:
		return "no key that the kernel trusts has signed it";
	case EKEYREJECTED:
		return "its signature is wrong, or of a form that the kernel does not take";
	case ENOPKG:
		return "its signature has an algorithm that the kernel does not have";
	case EBADMSG:
		return "it is no signed policy, or its text is wrong";
	case EEXIST:
		return "a policy of its name is loaded";
	case ESTALE:
		return "it is not newer than the loaded one";
	default:
		return NULL;
	}
}

static void print_load(const struct record *record)
{
	const char *words = refusal_words(record->error);

	say_begin(SAY_RESULT);
	if (!record->error) {
		say_add("policy loaded: ");
		add_policy(record->name, record->version);
	} else {
		say_add("policy refused");
		if (words)
			say_add(": %s", words);
		say_add(" (errno %u)", record->error);
	}
	say_end();
}

/* ---- denials */

static const char *verdict_words(enum record_verdict verdict)
{
	switch (verdict) {
	case RECORD_DENIED:
		return "denied";
	case RECORD_WOULD_BE_DENIED:
		return "would be denied";
	default:
		return "perhaps denied (the record is cut off)";
	}
}

/* Adds what a program chose, between quotes that it cannot end. */
static void add_quoted(struct bytes text)
{
	struct bytes part;

	say_add("\"");
	while (bytes_until(&text, &part, "\""))
		say_add("%pB\\x22", &part);
	say_add("%pB\"", &part);
}

/* What the record does not tell is a question mark, as in the record. */
static void add_told(struct bytes text)
{
	if (text.left)
		say_add("%pB", &text);
	else
		say_add("?");
}

static void print_kind(const struct kind *kind)
{
	say_begin(SAY_RESULT);
	say_add("%u %s: ", kind->count, verdict_words(kind->verdict));
	add_told(kind->operation);
	say_add(" of ");
	if (kind->path.left) {
		add_quoted(kind->path);
		say_add(" on ");
		add_told(kind->device);
	} else if (kind->verdict == RECORD_CUT) {
		say_add("what is not told");
	} else {
		say_add("memory (%pB)", &kind->hook);
	}
	say_add(" by ");
	add_quoted(kind->program);
	if (kind->other_programs)
		say_add(" and others");
	say_add(" (rule: ");
	add_told(kind->rule);
	say_add(")");
	say_end();
}

static void print_kinds(struct kinds *kinds, bool this_machine)
{
	const struct kind *kind;

	while ((kind = kinds_take_most_frequent(kinds))) {
		print_kind(kind);
		cure_print(kind, this_machine);
	}
	if (kinds->more)
		say(SAY_RESULT, "%u more, of kinds beyond the first %u", kinds->more, kinds->have);
}

/* ---- all of it */

/* How much the log does not have. */
struct gaps {
	unsigned suppressed; /* so many audit records, to limit their rate */
	bool overflowed;     /* some, for want of room for them */
	bool overwritten;    /* records of any kind, before or while they were read */
	bool began;          /* the first record of the kernel's log was read, or it is a file */
};

static void note_gaps(const struct gaps *gaps)
{
	if (gaps->suppressed)
		say(SAY_NOTE,
			"%u audit records, IPE's or others, are missing: the kernel limits "
			"their rate (boot with sysctl.kernel.printk_ratelimit=0, or read auditd's "
			"log)",
			gaps->suppressed);
	if (gaps->overflowed)
		say(SAY_NOTE,
			"audit records are missing: the kernel had no room for them (boot with "
			"audit_backlog_limit=8192)");
	if (gaps->overwritten)
		say(SAY_NOTE, "the kernel has overwritten a part of its log (boot with "
			      "log_buf_len=16M, or read the journal)");
}

/* The sum, or the highest number if that is too low for it. */
static unsigned sum(unsigned a, unsigned b)
{
	return a > UINT_MAX - b ? UINT_MAX : a + b;
}

/* Does with a line what its record wants. */
static void take_line(struct bytes line, struct kinds *kinds, struct gaps *gaps)
{
	static struct record record;

	record_read(line, &record);
	/* In a whole log the first record is number 0. */
	if (!gaps->began && record.sequence > 0)
		gaps->overwritten = true;
	gaps->began = true;
	if (record.type == RECORD_ACCESS)
		kinds_count(kinds, &record);
	else if (record.type == RECORD_SUPPRESSED)
		gaps->suppressed = sum(gaps->suppressed, record.number);
	else if (record.type == RECORD_OVERFLOW)
		gaps->overflowed = true;
	else if (say_is_errors_only())
		return;
	else if (record.type == RECORD_ACTIVATION)
		print_activation(&record);
	else if (record.type == RECORD_LOAD)
		print_load(&record);
	else if (record.type == RECORD_ENFORCE)
		say(SAY_RESULT, "enforce switched %s", record.enforcing ? "on" : "off");
}

/* Reads all lines.  Returns 0 or -errno. */
static int take_lines(const char *file, struct kinds *kinds, struct gaps *gaps)
{
	static struct log log;
	struct bytes line;
	int got = log_open(&log, file);

	if (got)
		return got;
	while ((got = log_next(&log, &line)) > 0)
		take_line(line, kinds, gaps);
	gaps->overwritten |= log.lost;
	log_close(&log);
	return got;
}

/* Are IPE's records in the kernel's log?  False after an error was said. */
static bool log_gets_records(void)
{
	uint32_t pid = 0;
	int error = auditd_find(&pid);

	if (error == -EPROTONOSUPPORT)
		return fail("audit is off, and nothing is recorded (boot without audit=0)");
	if (error)
		say(SAY_NOTE, "whether auditd takes the records is unknown (it takes "
			      "CAP_AUDIT_CONTROL)");
	else if (pid)
		return fail("process %u, auditd, takes the records: ipe-status -d "
			    "/var/log/audit/audit.log",
			pid);
	return true;
}

int denials_print(const char *file)
{
	static struct kinds kinds;
	struct gaps gaps = {.began = file != NULL};
	int error = take_lines(file, &kinds, &gaps);
	bool any = kinds.have > 0;
	bool blind = !file && !error && !log_gets_records();

	if (!say_is_errors_only())
		print_kinds(&kinds, !file);
	note_gaps(&gaps);
	if (error == -EPERM || error == -EACCES)
		fail_errno(error, "%s: only root can read it", file ? file : "/dev/kmsg");
	else if (error)
		fail_errno(error, "%s: cannot be read", file ? file : "/dev/kmsg");
	else if (!any && !blind && !say_is_errors_only())
		say(SAY_RESULT, "nothing was denied%s",
			gaps.overwritten ? " in what is left of the log" : "");
	return any || error || blind || !say_all_results_written();
}
