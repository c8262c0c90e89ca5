/*
 * say_registers.h - say and say_add without an ellipsis
 *
 * An ellipsis costs two bytes in each of many calls, and more in what reads the values.  Here the
 * assembler (say.c) lays down the registers that may hold values, so that one function does for any
 * number of them, up to four (say) and five (say_add).  A kind that is known beforehand is in the
 * function's name, which is another two or three bytes less.  Formats are checked where the other
 * form is built.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef SAY_REGISTERS_H
#define SAY_REGISTERS_H

/* Each function has a name for each number of values. */
typedef bool say_values0(const char *format);
typedef bool say_values1(const char *format, uintptr_t);
typedef bool say_values2(const char *format, uintptr_t, uintptr_t);
typedef bool say_values3(const char *format, uintptr_t, uintptr_t, uintptr_t);
typedef bool say_values4(const char *format, uintptr_t, uintptr_t, uintptr_t, uintptr_t);
say_values0 say_error0, say_note0, say_warning0, say_finding0;
say_values1 say_error1, say_note1, say_warning1, say_finding1;
say_values2 say_error2, say_note2, say_warning2, say_finding2;
say_values3 say_error3, say_note3, say_warning3, say_finding3;
say_values4 say_error4, say_note4, say_warning4, say_finding4;
bool say_kind0(enum say_kind kind, const char *format);
bool say_kind1(enum say_kind kind, const char *format, uintptr_t);
bool say_kind2(enum say_kind kind, const char *format, uintptr_t, uintptr_t);
bool say_kind3(enum say_kind kind, const char *format, uintptr_t, uintptr_t, uintptr_t);
bool say_kind4(enum say_kind kind, const char *format, uintptr_t, uintptr_t, uintptr_t, uintptr_t);
void say_add0(const char *format);
void say_add1(const char *format, uintptr_t);
void say_add2(const char *format, uintptr_t, uintptr_t);
void say_add3(const char *format, uintptr_t, uintptr_t, uintptr_t);
void say_add4(const char *format, uintptr_t, uintptr_t, uintptr_t, uintptr_t);
void say_add5(const char *format, uintptr_t, uintptr_t, uintptr_t, uintptr_t, uintptr_t);

/* Which of the names it is, and the values, each in a register's type. */
#define SAY_NAME(name, ...) SAY_NAMED(name, __VA_ARGS__, 5, 4, 3, 2, 1, 0, )
#define SAY_NAMED(name, format, a, b, c, d, e, count, ...) SAY_JOIN(name, count)
#define SAY_JOIN(name, count) name##count
#define SAY_VALUES(...) SAY_NAME(SAY_VALUES, __VA_ARGS__)(__VA_ARGS__)
#define SAY_VALUES0(format) format
#define SAY_VALUES1(format, a) format, (uintptr_t)(a)
#define SAY_VALUES2(format, a, b) SAY_VALUES1(format, a), (uintptr_t)(b)
#define SAY_VALUES3(format, a, b, c) SAY_VALUES2(format, a, b), (uintptr_t)(c)
#define SAY_VALUES4(format, a, b, c, d) SAY_VALUES3(format, a, b, c), (uintptr_t)(d)
#define SAY_VALUES5(format, a, b, c, d, e) SAY_VALUES4(format, a, b, c, d), (uintptr_t)(e)

#define SAY_CALL(name, ...) SAY_NAME(name, __VA_ARGS__)(SAY_VALUES(__VA_ARGS__))
#define SAY_IS(kind, known) (__builtin_constant_p(kind) && (kind) == (known))
#define say(kind, ...) \
	({ \
		SAY_IS(kind, SAY_ERROR)     ? SAY_CALL(say_error, __VA_ARGS__) \
		: SAY_IS(kind, SAY_NOTE)    ? SAY_CALL(say_note, __VA_ARGS__) \
		: SAY_IS(kind, SAY_WARNING) ? SAY_CALL(say_warning, __VA_ARGS__) \
		: SAY_IS(kind, SAY_FINDING) \
			? SAY_CALL(say_finding, __VA_ARGS__) \
			: SAY_NAME(say_kind, __VA_ARGS__)(kind, SAY_VALUES(__VA_ARGS__)); \
	})
#define say_add(...) SAY_CALL(say_add, __VA_ARGS__)

#endif
