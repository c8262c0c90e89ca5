/*
 * cure.c - what would allow what was denied
 *
 * SPDX-License-Identifier: MIT
 */
#include "status/cure.h"

#include <errno.h>

#include "policy/text.h"
#include "say.h"
#include "status/sealed_file.h"
#include "status/setting.h"
#include "status/volume.h"

static void explain(const char *words)
{
	say(SAY_RESULT, "    %s", words);
}

/* Begins a rule for the kind's operation, up to where its property stands. */
static void begin_rule(const struct kind *kind)
{
	say_begin(SAY_RESULT);
	say_add("        op=%pB ", &kind->operation);
}

static void end_rule(void)
{
	say_add(" action=ALLOW");
	say_end();
}

static void print_rule(const struct kind *kind, const char *property)
{
	begin_rule(kind);
	say_add("%s", property);
	end_rule();
}

/* ---- there was no file */

static void print_without_file(const struct kind *kind)
{
	if (bytes_are(kind->operation, "EXECUTE")) {
		explain("the program made memory executable, as a JIT compiler does, and nothing "
			"vouches for memory:");
		explain("switch its JIT off (DEFAULT op=EXECUTE action=ALLOW would allow it, and "
			"every program)");
	} else if (bytes_are(kind->operation, "KMODULE")) {
		explain("kmod unpacked the module itself, and the kernel saw no file: store "
			"modules uncompressed,");
		explain("or have the kernel unpack them (kmod 31 or later). Or leave them to the "
			"kernel's own check");
		explain("of their signatures (module.sig_enforce=1): then the policy's only line "
			"for KMODULE is");
		explain("DEFAULT op=KMODULE action=ALLOW");
	} else if (bytes_are(kind->operation, "KEXEC_IMAGE") ||
		   bytes_are(kind->operation, "KEXEC_INITRAMFS")) {
		explain("kexec_load(2) gave the kernel memory: give it files (kexec -s)");
	} else if (bytes_are(kind->operation, "FIRMWARE")) {
		explain("a program gave the kernel the firmware through sysfs: put the file "
			"where the kernel looks for it (firmware_class.path=)");
	} else {
		explain("a program gave the kernel memory: nothing vouches for that");
	}
}

/* ---- there was a file, of which the record says enough */

/* True when a cure was printed. */
static bool print_by_record(const struct kind *kind)
{
	struct bytes path = kind->path;

	if ((bytes_are(kind->device, "tmpfs") || bytes_are(kind->device, "hugetlbfs")) &&
		(bytes_skip(&path, "/memfd:") || bytes_skip(&path, "/dev/zero (deleted)") ||
			bytes_skip(&path, "/SYSV"))) {
		explain("this is memory that the program made (memfd_create(2) or shared memory): "
			"nothing vouches for it");
		return true;
	}
	if (bytes_are(kind->device, "rootfs")) {
		explain("the file is one of the initramfs's. After the real root was entered "
			"nothing there should run.");
		explain("In the initramfs's own policy boot_verified=TRUE allows it");
		return true;
	}
	if (bytes_are(kind->device, "tmpfs") || bytes_are(kind->device, "ramfs") ||
		bytes_are(kind->device, "devtmpfs") || bytes_are(kind->device, "proc")) {
		explain("nothing vouches for a file there: move it to a dm-verity volume, or to "
			"a file system with fs-verity");
		return true;
	}
	if (bytes_are(kind->device, "overlay")) {
		explain("what counts is the layer that the file is on: that must be a dm-verity "
			"volume, or the file there have an fs-verity digest");
		return true;
	}
	return false;
}

/* ---- there was a file, and this is its machine */

static void print_volume(const struct kind *kind, const struct volume *volume)
{
	say(SAY_RESULT, "    %pB is a dm-verity volume %s a signature. For this volume alone:",
		&kind->device, volume->has_signature ? "with" : "without");
	begin_rule(kind);
	say_add("dmverity_roothash=%pB:%pB", &volume->algorithm, &volume->root_hash);
	end_rule();
	if (volume->has_signature) {
		explain("or, for every volume that a trusted key has signed:");
		print_rule(kind, "dmverity_signature=TRUE");
	}
}

static void add_hexadecimal(const unsigned char *digest, unsigned length)
{
	static const char digits[] = "0123456789abcdef";
	struct bytes digit;
	unsigned i;

	for (i = 0; i < length; i++) {
		digit = (struct bytes){(const unsigned char *)digits + digest[i] / 16, 1};
		say_add("%pB", &digit);
		digit = (struct bytes){(const unsigned char *)digits + digest[i] % 16, 1};
		say_add("%pB", &digit);
	}
}

static void print_sealed_file(const struct kind *kind, const struct sealed_file *file)
{
	say(SAY_RESULT, "    the file has an fs-verity digest%s. For this file alone:",
		file->has_signature ? " with a signature" : "");
	begin_rule(kind);
	say_add("fsverity_digest=%s:", file->algorithm);
	add_hexadecimal(file->digest, file->length);
	end_rule();
	if (!file->has_signature)
		return;
	/* The same way around as stale-fs-verity of ipe-status -v. */
	if (setting_is_since(7, 3)) {
		explain("or, for every file that a trusted key has signed:");
		print_rule(kind, "fsverity_signature=TRUE");
	} else {
		explain("(before Linux 7.3 root can get around fsverity_signature=TRUE)");
	}
}

/* Why there is no rule: what is was_volume and was_sealed, 0 or -errno. */
static void print_no_rule(const struct kind *kind, int was_volume, int was_sealed)
{
	if (was_volume == -ENODEV)
		say(SAY_RESULT, "    %pB is no block device, or not here any more", &kind->device);
	else if (was_volume < 0)
		say(SAY_RESULT, "    whether %pB is a dm-verity volume only root can see",
			&kind->device);
	else if (was_sealed < 0)
		say(SAY_RESULT,
			"    %pB is no dm-verity volume, and the file is not at this path any "
			"more, or not to be read: move it to such a volume, or enable fs-verity",
			&kind->device);
	else
		say(SAY_RESULT,
			"    %pB is no dm-verity volume, and the file has no fs-verity digest: "
			"move it to such a volume, or enable fs-verity on it",
			&kind->device);
}

static void print_by_machine(const struct kind *kind)
{
	struct volume volume;
	struct sealed_file file;
	int is_volume = volume_find(kind->device, &volume);
	int is_sealed = sealed_file_find(kind->path, kind->device, kind->inode, &file);

	if (is_volume > 0)
		print_volume(kind, &volume);
	if (is_sealed > 0)
		print_sealed_file(kind, &file);
	if (is_volume <= 0 && is_sealed <= 0)
		print_no_rule(kind, is_volume, is_sealed);
}

void cure_print(const struct kind *kind, bool this_machine)
{
	bool known = bytes_which(kind->operation, policy_op_names, OP_COUNT) < OP_COUNT;
	struct bytes rule = kind->rule;

	if (kind->verdict == RECORD_CUT && (!known || !kind->path.left))
		return;
	if (!known)
		explain("this operation is not one that a policy here can name");
	else if (bytes_skip(&rule, "op="))
		explain("a rule of the policy denies it by name: change that one if it should run");
	else if (!kind->path.left)
		print_without_file(kind);
	else if (!print_by_record(kind) && this_machine)
		print_by_machine(kind);
}
