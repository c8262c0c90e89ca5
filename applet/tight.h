/*
 * tight.h - what the compiler is told for the program's size
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef TIGHT_H
#define TIGHT_H

/* Of a function: smaller by itself than in its only caller, where it is short of registers. */
#define APART __attribute__((__noinline__))

/* A pointer to what is static: from here on a register holds it, instead of each access its
 * address. */
#define AT_HAND(pointer) __asm__("" : "+r"(pointer))

#endif
