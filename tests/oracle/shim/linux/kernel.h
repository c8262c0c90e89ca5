/*
 * kernel.h - what the kernel's policy parser needs of the rest of the kernel
 *
 * All headers that the parser's files name come down to this one.  It is ours, written from what
 * the files use; what they use means the same as in the kernel, as far as they can tell.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef SHIM_KERNEL_H
#define SHIM_KERNEL_H

/* The numbers of <errno.h> without the macro errno: policy_tests.c has a member of that name. */
#include <asm/errno.h>
#include <limits.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef uint8_t u8;
typedef uint16_t u16;
typedef uint32_t u32;
typedef uint64_t u64;
typedef int8_t s8;
typedef int16_t s16;
typedef int32_t s32;
typedef int64_t s64;

#define noinline __attribute__((noinline))
#define unlikely(x) (x)
#define fallthrough __attribute__((fallthrough))
#define __user
#define __must_check
#define EXPORT_SYMBOL(name)
#define ARRAY_SIZE(a) (sizeof(a) / sizeof((a)[0]))
#define min(a, b) ((a) < (b) ? (a) : (b))

/* The kernel's limit; the C library has the same under another name. */
#ifndef ULLONG_MAX
#define ULLONG_MAX (~0ULL)
#endif

/* Errors in pointers: the topmost 4,095 addresses. */
#define ERR_PTR(error) ((void *)(long)(error))
#define PTR_ERR(pointer) ((long)(pointer))
#define IS_ERR(pointer) ((unsigned long)(pointer) >= (unsigned long)-4095)
#define IS_ERR_OR_NULL(pointer) (!(pointer) || IS_ERR(pointer))

/* Memory.  No allocation fails here. */
#define GFP_KERNEL 0
#define kfree(pointer) free((void *)(pointer))

static inline void *shim_memory(void *pointer)
{
	if (!pointer)
		abort();
	return pointer;
}

static inline void *kzalloc(size_t size, int flags)
{
	(void)flags;
	return shim_memory(calloc(1, size));
}

static inline char *kmemdup_nul(const char *from, size_t length, int flags)
{
	char *copy = kzalloc(length + 1, flags);

	memcpy(copy, from, length);
	return copy;
}

static inline char *kstrndup(const char *from, size_t limit, int flags)
{
	return kmemdup_nul(from, strnlen(from, limit), flags);
}

char *strsep(char **from, const char *delimiters);

/* Lists: a ring through its head. */
struct list_head {
	struct list_head *next, *prev;
};

static inline void INIT_LIST_HEAD(struct list_head *head)
{
	head->next = head->prev = head;
}

static inline void list_add_tail(struct list_head *item, struct list_head *head)
{
	item->next = head;
	item->prev = head->prev;
	head->prev->next = item;
	head->prev = item;
}

static inline void list_del(struct list_head *item)
{
	item->next->prev = item->prev;
	item->prev->next = item->next;
}

static inline bool list_empty(const struct list_head *head)
{
	return head->next == head;
}

#define shim_entry(item, like, member) \
	((__typeof__(like))(void *)((char *)(item)-offsetof(__typeof__(*(like)), member)))

#define list_for_each_entry_safe(at, after, head, member) \
	for ((at) = shim_entry((head)->next, at, member), \
	    (after) = shim_entry((at)->member.next, at, member); \
		&(at)->member != (head); \
		(at) = (after), (after) = shim_entry((at)->member.next, at, member))

static inline u64 div_u64(u64 dividend, u32 divisor)
{
	return dividend / divisor;
}

/* Digits: lib/hexdump.c */
int hex2bin(u8 *to, const char *from, size_t count);

extern const char hex_asc[];
#define hex_asc_lo(byte) hex_asc[(byte)&15]
#define hex_asc_hi(byte) hex_asc[(byte) >> 4 & 15]
#define is_power_of_2(number) ((number) && !((number) & ((number)-1)))
#define get_unaligned(pointer) \
	({ \
		__typeof__(*(pointer) + 0) value_; \
		memcpy(&value_, (pointer), sizeof(value_)); \
		value_; \
	})

static inline char *hex_byte_pack(char *to, u8 byte)
{
	*to++ = hex_asc_hi(byte);
	*to++ = hex_asc_lo(byte);
	return to;
}

/* There is no user space to copy from. */
#define copy_from_user(to, from, count) ((void)(to), (void)(from), (unsigned long)(count))

/* The audit log: nothing is audited here. */
struct audit_buffer;
#define audit_log_format(...) ((void)0)
#define audit_log_untrustedstring(...) ((void)0)
#define audit_log_n_hex(...) ((void)0)

/* Only pointed to. */
struct dentry;
struct inode;
struct mutex;

#endif
