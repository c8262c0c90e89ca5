/*
 * trim.c - cut an ELF program down to what the kernel loads (a program of the build host)
 *
 * Usage: trim PROGRAM
 *
 * The table of sections, and sections that no segment holds, are for linkers and debuggers; here
 * they would be a thirtieth of the file.  (strip leaves them; "make TRIM=" does too.)
 *
 * SPDX-License-Identifier: MIT
 */
#include <elf.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static unsigned char header[4096];

static void die(const char *what, const char *name)
{
	fprintf(stderr, "trim: %s: %s\n", name, what);
	exit(1);
}

/* A number of the file, in its byte order. */
static unsigned long long number(const unsigned char *at, int size)
{
	unsigned long long value = 0;
	int i;

	for (i = 0; i < size; i++)
		value = value << 8 | at[header[EI_DATA] == ELFDATA2MSB ? i : size - 1 - i];
	return value;
}

#define FIELD(type, base, field) \
	number((base) + offsetof(type, field), (int)sizeof(((type *)0)->field))
/* The same field of a 64-bit or a 32-bit file. */
#define OF(type, base, field) \
	(wide ? FIELD(Elf64_##type, base, field) : FIELD(Elf32_##type, base, field))
#define CLEAR(field) \
	(wide ? memset(header + offsetof(Elf64_Ehdr, field), 0, sizeof(((Elf64_Ehdr *)0)->field)) \
	      : memset(header + offsetof(Elf32_Ehdr, field), 0, sizeof(((Elf32_Ehdr *)0)->field)))

int main(int argc, char **argv)
{
	unsigned long long end, used = 0, table, size, count;
	FILE *file;
	int wide;

	if (argc != 2) {
		fprintf(stderr, "usage: trim PROGRAM\n");
		return 2;
	}
	file = fopen(argv[1], "r+");
	if (!file || !fread(header, 1, sizeof(header), file))
		die("cannot be read", argv[1]);
	if (memcmp(header, ELFMAG, SELFMAG) != 0)
		die("is no ELF file", argv[1]);
	wide = header[EI_CLASS] == ELFCLASS64;
	table = OF(Ehdr, header, e_phoff);
	size = OF(Ehdr, header, e_phentsize);
	count = OF(Ehdr, header, e_phnum);
	if (!count || table + size * count > sizeof(header))
		die("has no program headers at its beginning", argv[1]);
	for (; count; count--, table += size) {
		end = OF(Phdr, header + table, p_offset) + OF(Phdr, header + table, p_filesz);
		if (used < end)
			used = end;
	}
	CLEAR(e_shoff);
	CLEAR(e_shnum);
	CLEAR(e_shstrndx);
	rewind(file);
	if (fwrite(header, wide ? sizeof(Elf64_Ehdr) : sizeof(Elf32_Ehdr), 1, file) != 1 ||
		fclose(file) || truncate(argv[1], (off_t)used))
		die("cannot be written", argv[1]);
	return 0;
}
