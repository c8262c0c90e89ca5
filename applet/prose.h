/*
 * prose.h - the packed sentences
 *
 * A third of the program would be sentences.  The build (pack/pack.c) takes the string literals out
 * of the sources, packs them all together, and puts their numbers in their place: a small number is
 * a shorter instruction than an address.  They are unpacked when the first one is needed.  That
 * takes milliseconds, so what a load that succeeds needs is left as it is.
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

/* Returns text, or the sentence of which it is the number. */
#ifdef PACKED
const char *prose_of(const char *text);
#else
static inline const char *prose_of(const char *text)
{
	return text;
}
#endif

#endif
