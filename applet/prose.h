/*
 * prose.h - the packed sentences
 *
 * A third of the program would be sentences.  The build (pack/pack.c) takes the string literals out
 * of the sources, packs them all together, and puts in their place pointers into the memory that
 * they are unpacked to when the first one is needed.  That takes milliseconds, so what a load that
 * succeeds needs is left as it is.
 *
 * Packed is a literal with a blank in it, but for PLAIN() and bytes_of(), and PROSE() without one.
 * Who reads one asks prose_of() before; the functions of say.h and bytes_word() do.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef PROSE_H
#define PROSE_H

#define PLAIN(literal) literal
#define PROSE(literal) literal

/* Returns text, which is unpacked by now if it is one of those. */
#ifdef PACKED
const char *prose_of(const char *text);
#else
static inline const char *prose_of(const char *text)
{
	return text;
}
#endif

#endif
