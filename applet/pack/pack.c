/*
 * pack.c - pack the prose in the applet's sources (a program of the build host)
 *
 * Usage: pack OUTDIR SOURCE.c...
 *
 * A third of the binary would be sentences.  This copies each source to OUTDIR with its prose
 * packed, and writes OUTDIR/pairs.c, the table that say.c unpacks it with.  Line numbers stay.
 *
 * Prose is every string literal with a blank in it.  The most frequent pair of characters in all of
 * it becomes one character (0x80), then the most frequent pair again (0x81), up to 0xff and on from
 * 1 to 0x1f (but for tab and line feed); a pair may hold pairs.  Conversions (%s), line feeds and
 * NULs are left alone, so that formats are still formats and lists are still lists.
 *
 * SPDX-License-Identifier: MIT
 */
#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FIRST 0x80
#define PAIRS 160  /* 0x80 to 0xff, 0 to 0x1f: pair n is character (0x80 + n) % 256 */
#define BARRIER -1 /* stands between what must not become one pair */

static int prose[1 << 20]; /* all literals, each one ended by BARRIER; bit 8: not to be paired */
static size_t used;
static unsigned char pairs[PAIRS][2];
static unsigned pair_count;

static void die(const char *what, const char *name)
{
	fprintf(stderr, "pack: %s: %s\n", name, what);
	exit(1);
}

/* The character that stands for a pair; 0 for none. */
static int code(unsigned pair)
{
	int c = (int)(FIRST + pair) % 256;

	return c == '\n' || c == '\t' ? 0 : c;
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

/* Reads one character of a literal, an escape sequence too. */
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

/* Joins literals that stand side by side, from at on: fills text, returns its length or -1 if they
 * are not to be packed; *end is behind the last one. */
static int join(const char *at, const char **end, int *text, int max)
{
	bool blank = false, packable = true;
	int length = 0, c;
	const char *stop;

	for (;;) {
		next(at, &stop, false);
		*end = stop;
		for (at++; at < stop - 1;) {
			c = character(&at);
			if (c < 0 || c >= FIRST || length == max ||
				(c && c < ' ' && c != '\n' && c != '\t'))
				packable = false;
			else
				text[length++] = c;
			blank |= c == ' ';
		}
		at = stop + strspn(stop, " \t\n");
		if (*at != '"')
			break;
	}
	return blank && packable ? length : -1;
}

/* Marks conversions, line feeds and NULs as not to be paired. */
static void protect(int *text, int length)
{
	for (int i = 0; i < length; i++) {
		if (text[i] == '\n' || !text[i]) {
			text[i] |= 0x100;
		} else if (text[i] == '%') {
			text[i++] |= 0x100;
			while (i < length && !isalpha(text[i]) && text[i] != '%')
				text[i++] |= 0x100;
			if (i < length && text[i] == 'p')
				text[i++] |= 0x100;
			if (i < length)
				text[i] |= 0x100;
		}
	}
}

static void replace(const int *literal, int length, FILE *out)
{
	int packed[8192], i, j;
	unsigned pair;

	memcpy(packed, literal, sizeof(*literal) * (size_t)length);
	protect(packed, length);
	for (pair = 0; pair < pair_count; pair++) {
		if (!code(pair))
			continue;
		for (i = j = 0; i < length; i++, j++) {
			if (i + 1 < length && packed[i] == pairs[pair][0] &&
				packed[i + 1] == pairs[pair][1]) {
				packed[j] = code(pair);
				i++;
			} else {
				packed[j] = packed[i];
			}
		}
		length = j;
	}
	putc('"', out);
	for (i = 0; i < length; i++) {
		int c = packed[i] & 0xff;

		if (c == '"' || c == '\\')
			fprintf(out, "\\%c", c);
		else if (c < ' ' || c >= 0x7f)
			fprintf(out, "\\%03o", (unsigned)c);
		else
			putc(c, out);
	}
	putc('"', out);
}

/* Goes through a source: collects its prose, or, with out, writes it packed. */
static void walk(const char *source, FILE *out)
{
	static int literal[8192];
	bool line_begins = true;
	const char *end;
	enum what what;
	int length;

	for (; (what = next(source, &end, line_begins)) != END; source = end) {
		line_begins = *source == '\n' || (line_begins && isspace((unsigned char)*source));
		length = what == LITERAL ? join(source, &end, literal, 8192) : -1;
		if (length < 0) {
			if (out)
				fwrite(source, 1, (size_t)(end - source), out);
		} else if (out) {
			replace(literal, length, out);
			for (; source < end; source++)
				if (*source == '\n')
					putc('\n', out);
		} else {
			if (used + (size_t)length + 1 > sizeof(prose) / sizeof(*prose))
				die("too much prose", "sources");
			memcpy(prose + used, literal, sizeof(*literal) * (size_t)length);
			protect(prose + used, length);
			used += (size_t)length;
			prose[used++] = BARRIER;
		}
	}
}

static void walk_file(const char *name, FILE *out)
{
	char *text = read_file(name);

	walk(text, out);
	free(text);
}

static bool pairable(int c)
{
	return c >= 0 && c < 0x100;
}

static void make_pairs(void)
{
	static unsigned count[256][256];
	size_t i, j;

	for (pair_count = 0; pair_count < PAIRS; pair_count++) {
		int a, b, best_a = 0, best_b = 0;

		if (!code(pair_count))
			continue;
		memset(count, 0, sizeof(count));
		for (i = 0; i + 1 < used; i++) {
			if (!pairable(prose[i]) || !pairable(prose[i + 1]))
				continue;
			count[prose[i]][prose[i + 1]]++;
			/* "aaa" holds the pair once */
			if (i + 2 < used && prose[i] == prose[i + 1] && prose[i] == prose[i + 2])
				i++;
		}
		for (a = 0; a < 256; a++)
			for (b = 0; b < 256; b++)
				if (count[a][b] > count[best_a][best_b]) {
					best_a = a;
					best_b = b;
				}
		/* a pair costs two bytes in the table */
		if (count[best_a][best_b] < 3)
			break;
		pairs[pair_count][0] = (unsigned char)best_a;
		pairs[pair_count][1] = (unsigned char)best_b;
		for (i = j = 0; i < used; i++, j++) {
			if (i + 1 < used && prose[i] == best_a && prose[i + 1] == best_b) {
				prose[j] = code(pair_count);
				i++;
			} else {
				prose[j] = prose[i];
			}
		}
		used = j;
	}
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
	unsigned pair;
	FILE *out;
	int i;

	if (argc < 3) {
		fprintf(stderr, "usage: pack OUTDIR SOURCE.c...\n");
		return 2;
	}
	for (i = 2; i < argc; i++)
		walk_file(argv[i], NULL);
	make_pairs();
	for (i = 2; i < argc; i++) {
		out = create(argv[1], argv[i]);
		fprintf(out, "#line 1 \"%s\"\n", argv[i]);
		walk_file(argv[i], out);
		if (fclose(out))
			die("cannot be written", argv[i]);
	}
	out = create(argv[1], "pairs.c");
	fprintf(out, "/* made by applet/pack/pack.c */\n#include \"say.h\"\n\n"
		     "const unsigned char say_pairs[][2] = {\n");
	for (pair = 0; pair < pair_count; pair++)
		fprintf(out, "\t{%u, %u},\n", pairs[pair][0], pairs[pair][1]);
	fprintf(out, "};\n");
	return fclose(out) != 0;
}
