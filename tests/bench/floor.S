/*
 * floor.S - the least program that loads and activates a policy: four system calls
 *
 * It knows the policy (POLICY, a file) and the policy's name (NAME) when it is built, wants securityfs
 * to be mounted, and looks at no result but the last. x86-64 only.
 *
 * SPDX-License-Identifier: MIT
 */
#include <asm/unistd.h>

	.section .text, "ax"
	.globl	_start
_start:	mov	$new_policy, %edi
	mov	$1, %esi			# O_WRONLY
	mov	$__NR_open, %eax
	syscall
	mov	%eax, %edi
	mov	$policy, %esi
	mov	$(policy_end - policy), %edx
	mov	$__NR_write, %eax
	syscall
	mov	$active, %edi
	mov	$1, %esi
	mov	$__NR_open, %eax
	syscall
	mov	%eax, %edi
	mov	$one, %esi
	mov	$1, %edx
	mov	$__NR_write, %eax
	syscall					# the policy is active
	xor	%edi, %edi
	cmp	$1, %rax
	setne	%dil
	mov	$__NR_exit_group, %eax
	syscall

new_policy:
	.asciz	"/sys/kernel/security/ipe/new_policy"
active:	.ascii	"/sys/kernel/security/ipe/policies/"
	.ascii	NAME
	.asciz	"/active"
one:	.ascii	"1"
policy:	.incbin	POLICY
policy_end:
	.section .note.GNU-stack, "", @progbits
