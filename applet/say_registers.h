/*
 * say_registers.h - say and say_add without an ellipsis
 *
 * An ellipsis costs two bytes in each of many calls, and more in what reads the values.  Here the
 * assembler (say.c) lays down the registers that may hold values, so that one function does for any
 * number of them, up to four and five.  Formats are checked where the other form is built.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef SAY_REGISTERS_H
#define SAY_REGISTERS_H

/* One function with six names, and one with five. */
bool say0(enum say_kind kind, const char *format);
bool say1(enum say_kind kind, const char *format, uintptr_t a);
bool say2(enum say_kind kind, const char *format, uintptr_t a, uintptr_t b);
bool say3(enum say_kind kind, const char *format, uintptr_t a, uintptr_t b, uintptr_t c);
bool say4(
	enum say_kind kind, const char *format, uintptr_t a, uintptr_t b, uintptr_t c, uintptr_t d);
void say_add0(const char *format);
void say_add1(const char *format, uintptr_t a);
void say_add2(const char *format, uintptr_t a, uintptr_t b);
void say_add3(const char *format, uintptr_t a, uintptr_t b, uintptr_t c);
void say_add4(const char *format, uintptr_t a, uintptr_t b, uintptr_t c, uintptr_t d);
void say_add5(const char *format, uintptr_t a, uintptr_t b, uintptr_t c, uintptr_t d, uintptr_t e);

/* Which of them it is, and the values, each in a register's type. */
#define SAY_COUNT(...) SAY_COUNTED(__VA_ARGS__, 5, 4, 3, 2, 1, 0, )
#define SAY_COUNTED(format, a, b, c, d, e, count, ...) count
#define SAY_JOIN(name, count) SAY_JOINED(name, count)
#define SAY_JOINED(name, count) name##count
#define SAY_VALUES(...) SAY_JOIN(SAY_VALUES, SAY_COUNT(__VA_ARGS__))(__VA_ARGS__)
#define SAY_VALUES0(format) format
#define SAY_VALUES1(format, a) format, (uintptr_t)(a)
#define SAY_VALUES2(format, a, b) SAY_VALUES1(format, a), (uintptr_t)(b)
#define SAY_VALUES3(format, a, b, c) SAY_VALUES2(format, a, b), (uintptr_t)(c)
#define SAY_VALUES4(format, a, b, c, d) SAY_VALUES3(format, a, b, c), (uintptr_t)(d)
#define SAY_VALUES5(format, a, b, c, d, e) SAY_VALUES4(format, a, b, c, d), (uintptr_t)(e)

#define say(kind, ...) SAY_JOIN(say, SAY_COUNT(__VA_ARGS__))(kind, SAY_VALUES(__VA_ARGS__))
#define say_add(...) SAY_JOIN(say_add, SAY_COUNT(__VA_ARGS__))(SAY_VALUES(__VA_ARGS__))

#endif
