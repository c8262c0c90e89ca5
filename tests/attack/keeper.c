/*
 * keeper.c - a process of the initramfs that stays, with the descriptors that it got
 *
 * SPDX-License-Identifier: MIT
 */

#include <unistd.h>

int main(void)
{
	for (;;)
		pause();
}
