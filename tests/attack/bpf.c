/*
 * bpf.c - attach a BPF program that allows everything to the hook of exec, then run a program
 *
 * Usage: bpf PROGRAM
 *
 * Prints "attached" when the kernel took it. SPDX-License-Identifier: MIT
 */

#include <errno.h>
#include <fcntl.h>
#include <linux/bpf.h>
#include <linux/btf.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

/* What follows a type's head, in bytes. */
static size_t extra(const struct btf_type *type)
{
	size_t count = BTF_INFO_VLEN(type->info);

	switch (BTF_INFO_KIND(type->info)) {
	case BTF_KIND_INT:
	case BTF_KIND_VAR:
	case BTF_KIND_DECL_TAG:
		return 4;
	case BTF_KIND_ARRAY:
		return sizeof(struct btf_array);
	case BTF_KIND_STRUCT:
	case BTF_KIND_UNION:
	case BTF_KIND_DATASEC:
	case BTF_KIND_ENUM64:
		return count * 12;
	case BTF_KIND_ENUM:
	case BTF_KIND_FUNC_PROTO:
		return count * 8;
	default:
		return 0;
	}
}

/* The number of a function in the kernel's type information. */
static uint32_t find_function(const char *name)
{
	static char btf[32 << 20];
	const struct btf_header *head = (const struct btf_header *)btf;
	int fd = open("/sys/kernel/btf/vmlinux", O_RDONLY);
	size_t size = 0;
	ssize_t got;
	uint32_t id = 1;

	while (size < sizeof(btf) && (got = read(fd, btf + size, sizeof(btf) - size)) > 0)
		size += (size_t)got;
	if (!size)
		return 0;
	for (const char *at = btf + head->hdr_len + head->type_off, *end = at + head->type_len,
			*strings = btf + head->hdr_len + head->str_off;
		at < end; id++) {
		const struct btf_type *type = (const struct btf_type *)at;

		if (BTF_INFO_KIND(type->info) == BTF_KIND_FUNC &&
			!strcmp(strings + type->name_off, name))
			return id;
		at += sizeof(*type) + extra(type);
	}
	return 0;
}

int main(int argc, char **argv)
{
	/* r0 = 0; exit */
	static const struct bpf_insn allow[] = {
		{.code = BPF_ALU64 | BPF_MOV | BPF_K}, {.code = BPF_JMP | BPF_EXIT}};
	static char log[65536];
	union bpf_attr attr;
	int program, link;

	memset(&attr, 0, sizeof(attr));
	attr.prog_type = BPF_PROG_TYPE_LSM;
	attr.expected_attach_type = BPF_LSM_MAC;
	attr.insns = (uintptr_t)allow;
	attr.insn_cnt = 2;
	attr.license = (uintptr_t) "GPL";
	attr.attach_btf_id = find_function("bpf_lsm_bprm_check_security");
	attr.log_buf = (uintptr_t)log;
	attr.log_size = sizeof(log);
	attr.log_level = 1;
	program = (int)syscall(SYS_bpf, BPF_PROG_LOAD, &attr, sizeof(attr));
	if (program < 0) {
		printf("not loaded: %s %s\n", strerror(errno), log);
		return 1;
	}
	memset(&attr, 0, sizeof(attr));
	attr.raw_tracepoint.prog_fd = (uint32_t)program;
	link = (int)syscall(SYS_bpf, BPF_RAW_TRACEPOINT_OPEN, &attr, sizeof(attr));
	if (link < 0) {
		printf("not attached: %s\n", strerror(errno));
		return 1;
	}
	puts("attached");
	fflush(stdout);
	if (argc > 1)
		execv(argv[1], argv + 1);
	perror("exec");
	return 126;
}
