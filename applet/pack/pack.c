/*
 * pack.c - pack the sentences in the applet's sources (a program of the build host)
 *
 * Usage: pack OUTDIR SOURCE.c...
 *
 * A third of the program would be sentences.  This copies each source to OUTDIR with its string
 * literals replaced by their numbers, as pointers ("(const char *)12"), and writes OUTDIR/packed.c,
 * which holds them all, packed; applet/prose.c unpacks them.  Line numbers stay.
 *
 * Packed are literals with a blank, and those in PROSE(), but for those that are in PLAIN(), that
 * are no text of 7 bits, and those that must be a literal: of a preprocessor line, of an array
 * ("[] = "), beside a macro, in sizeof, in an assembler statement, and in bytes_of(), which does
 * not unpack.
 *
 * SPDX-License-Identifier: MIT
 */
#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../prose_model.h"

/* A shorter one, its NUL included, is no sentence. */
#define LENGTH_MIN 3
#define LITERAL_MAX 8192

/* The sentences, each with its NUL at the end. */
static char prose[1 << 16];
static size_t used;

static struct literal {
	char *text;
	size_t length; /* with the NUL */
} literals[4096];
static size_t literal_count;

static void die(const char *what, const char *name)
{
	fprintf(stderr, "pack: %s: %s\n", name, what);
	exit(1);
}

static char *read_file(const char *name)
{
	FILE *file = fopen(name, "r");
	char *text = malloc(1 << 20);
	size_t got;

	if (!file || !text)
		die("cannot be read", name);
	got = fread(text, 1, (1 << 20) - 1, file);
	text[got] = 0;
	fclose(file);
	return text;
}

/* Reads one character of a literal, an escape sequence too; -1 for one that is not known here. */
static int character(const char **at)
{
	static const char from[] = "ntr\"\\'", to[] = "\n\t\r\"\\'";
	int c = (unsigned char)*(*at)++, value = 0, digits;
	const char *found;

	if (c != '\\')
		return c;
	if (**at >= '0' && **at <= '7') {
		for (digits = 0; digits < 3 && **at >= '0' && **at <= '7'; digits++)
			value = value * 8 + *(*at)++ - '0';
		return value;
	}
	found = strchr(from, **at);
	if (!found || !**at)
		return -1;
	(*at)++;
	return to[found - from];
}

/* What comes next in a source: *end is behind it. */
enum what { OTHER, LITERAL, END };

static enum what next(const char *at, const char **end, bool line_begins)
{
	if (!*at)
		return END;
	*end = at + 1;
	if (line_begins && *at == '#') {
		while (**end && (**end != '\n' || (*end)[-1] == '\\'))
			++*end;
	} else if (at[0] == '/' && at[1] == '*') {
		const char *stop = strstr(at + 2, "*/");

		*end = stop ? stop + 2 : at + strlen(at);
	} else if (at[0] == '/' && at[1] == '/') {
		*end = at + strcspn(at, "\n");
	} else if (*at == '\'' || *at == '"') {
		while (**end && **end != *at)
			*end += **end == '\\' ? 2 : 1;
		++*end;
		return *at == '"' ? LITERAL : OTHER;
	}
	return OTHER;
}

/* Does the source end with this, before a literal at that place? */
static bool follows(const char *source, const char *at, const char *word)
{
	size_t length = strlen(word);

	while (at > source && isspace((unsigned char)at[-1]))
		at--;
	return (size_t)(at - source) >= length && !memcmp(at - length, word, length);
}

/* Joins literals that stand side by side, from at on: fills text, returns its length with the NUL,
 * or 0 if they are not to be packed; *end is behind the last one. */
static size_t join(const char *source, const char *at, const char **end, char *text)
{
	bool packable = !follows(source, at, "] =") && !follows(source, at, "sizeof(") &&
			!follows(source, at, "__asm__(") && !follows(source, at, "bytes_of(") &&
			!follows(source, at, "PLAIN(");
	bool sentence = follows(source, at, "PROSE(");
	const char *begin = at, *stop;
	size_t length = 0;
	int c;

	while (begin > source && isspace((unsigned char)begin[-1]))
		begin--;
	if (begin > source && (isalnum((unsigned char)begin[-1]) || begin[-1] == '_'))
		packable = false;
	for (;;) {
		next(at, &stop, false);
		*end = stop;
		for (at++; at < stop - 1;) {
			c = character(&at);
			if (length == LITERAL_MAX - 1)
				die("too long a literal", "sources");
			if (c < 0 || c >= 0x80)
				packable = false;
			sentence = sentence || c == ' ';
			text[length++] = (char)c;
		}
		at = stop + strspn(stop, " \t\n");
		if (*at != '"')
			break;
	}
	text[length++] = 0;
	if (isalnum((unsigned char)*at) || *at == '_' || length < LENGTH_MIN || !sentence)
		packable = false;
	return packable ? length : 0;
}

/* A literal's number: how many words, one behind each NUL, there are up to its first. */
static unsigned find(const char *text, size_t length)
{
	unsigned number = 1;
	size_t at;

	for (at = 0; at + length <= used; at += strlen(prose + at) + 1, number++) {
		if (number == NUMBERS)
			die("too many words", "sources");
		if (!memcmp(prose + at, text, length))
			return number;
	}
	die("lost a literal", text);
	return 0;
}

/* Goes through a source: collects its literals, or, with out, writes it without them. */
static void walk(const char *source, FILE *out)
{
	static char text[LITERAL_MAX];
	const char *at = source, *end;
	bool line_begins = true;
	enum what what;
	size_t length;

	for (; (what = next(at, &end, line_begins)) != END; at = end) {
		line_begins = *at == '\n' || (line_begins && isspace((unsigned char)*at));
		length = what == LITERAL ? join(source, at, &end, text) : 0;
		if (!length) {
			if (out)
				fwrite(at, 1, (size_t)(end - at), out);
		} else if (out) {
			fprintf(out, "((const char *)%u)", find(text, length));
			for (; at < end; at++)
				if (*at == '\n')
					putc('\n', out);
		} else {
			struct literal *literal = &literals[literal_count++];

			if (literal_count == sizeof(literals) / sizeof(*literals))
				die("too many literals", "sources");
			literal->length = length;
			literal->text = malloc(length);
			if (!literal->text)
				die("out of memory", "sources");
			memcpy(literal->text, text, length);
		}
	}
}

static void walk_file(const char *name, FILE *out)
{
	char *text = read_file(name);

	walk(text, out);
	free(text);
}

/* A list of words comes after what is none: a small number is a short instruction.  What begins in
 * the same way stands together: that makes 50 bytes less. */
static int compare(const void *left, const void *right)
{
	const struct literal *a = left, *b = right;
	int order = (strlen(a->text) + 1 != a->length) - (strlen(b->text) + 1 != b->length);

	if (!order)
		order = memcmp(a->text, b->text, a->length < b->length ? a->length : b->length);
	return order ? order : (a->length > b->length) - (a->length < b->length);
}

static void collect(void)
{
	qsort(literals, literal_count, sizeof(*literals), compare);
	for (size_t i = 0; i < literal_count; i++) {
		if (i && !compare(&literals[i], &literals[i - 1]))
			continue;
		if (used + literals[i].length > sizeof(prose))
			die("too much prose", "sources");
		memcpy(prose + used, literals[i].text, literals[i].length);
		used += literals[i].length;
	}
}

/* The packed text, from its end on: this code is read backwards. */
static uint16_t packed[1 << 15];
static size_t packed_length;

static void put(uint32_t state)
{
	if (packed_length == sizeof(packed) / sizeof(*packed))
		die("too much prose", "sources");
	packed[packed_length++] = (uint16_t)state;
}

static void pack(void)
{
	/* Of each bit, how probable it was, and how much of CERTAIN lies below it. */
	static struct step {
		uint32_t probable, below;
	} steps[7 * sizeof(prose)], *step = steps;
	uint64_t before, word = 0, state = CERTAIN;
	size_t at;

	before = 1;
	for (at = 0; at < used; at++) {
		for (int i = 6; i >= 0; i--) {
			unsigned bit = prose[at] >> i & 1;
			int votes = model_vote(before, word);
			int zero = model_probability(votes);

			if (votes >> VOTE_BITS >= VOTES_MAX || votes >> VOTE_BITS < VOTES_MIN)
				die("too sure votes (VOTES_MAX)", "sources");
			step->probable = (uint32_t)(bit ? CERTAIN - zero : zero);
			step++->below = bit ? (uint32_t)zero : 0;
			model_learn(bit ? zero : zero - CERTAIN);
			before += (before & 255) + bit;
		}
		word = model_word(word, before);
		before = before << 8 | 1;
	}
	while (step-- != steps) {
		for (; state >= (uint64_t)step->probable * CERTAIN; state /= CERTAIN)
			put((uint32_t)state);
		state = state / step->probable * CERTAIN + state % step->probable + step->below;
	}
	put((uint32_t)state);
	put((uint32_t)(state / CERTAIN));
}

static FILE *create(const char *directory, const char *name)
{
	char path[4096];
	const char *slash = strrchr(name, '/');
	FILE *file;

	snprintf(path, sizeof(path), "%s/%s", directory, slash ? slash + 1 : name);
	file = fopen(path, "w");
	if (!file)
		die("cannot be written", path);
	return file;
}

int main(int argc, char **argv)
{
	size_t at;
	FILE *out;
	int i;

	if (argc < 3) {
		fprintf(stderr, "usage: pack OUTDIR SOURCE.c...\n");
		return 2;
	}
	for (i = 2; i < argc; i++)
		walk_file(argv[i], NULL);
	collect();
	pack();
	for (i = 2; i < argc; i++) {
		out = create(argv[1], argv[i]);
		fprintf(out, "extern char prose[%zu];\n#line 1 \"%s\"\n", used, argv[i]);
		walk_file(argv[i], out);
		if (fclose(out))
			die("cannot be written", argv[i]);
	}
	out = create(argv[1], "packed.c");
	fprintf(out,
		"/* made by applet/pack/pack.c */\nchar prose[%zu];\n"
		"const unsigned short prose_packed[] = {",
		used);
	for (at = packed_length; at--;)
		fprintf(out, "%u,\n", packed[at]);
	fprintf(out, "};\n");
	return fclose(out) != 0;
}
