/*
 * prose.h - the packed sentences
 *
 * A third of the program would be sentences.  The build (pack/pack.c) takes the string literals out
 * of the sources, packs them all together, and puts in their place pointers into the memory that
 * they are unpacked to when the program starts.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef PROSE_H
#define PROSE_H

/* Unpacks them: before, they are empty. */
#ifdef PACKED
void prose_unpack(void);
#else
#define prose_unpack() ((void)0)
#endif

#endif
