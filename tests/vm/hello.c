/*
 * hello.c - say hello: a program to ask "does it run from here?"
 *
 * SPDX-License-Identifier: MIT
 */

#include <unistd.h>

int main(void)
{
	static const char word[] = "hello\n";

	return write(1, word, sizeof(word) - 1) == sizeof(word) - 1 ? 0 : 1;
}
