/*
 * preload-data.c - an unverified library that has no code, and says which function is to run
 *
 * Its .init_array holds one pointer, which the loader fills in with the address of leave_mark in
 * the verified program (dynamic.c) and then calls. SPDX-License-Identifier: MIT
 */

void leave_mark(void);

__attribute__((section(".init_array"), used)) static void (*const start)(void) = leave_mark;
