#!/usr/bin/env bats
#
# tiny-initramfs.bats - an image that knows nothing of ipe-load: the applet is its process 1
#
# The hook here is the one that docs/deploying.md shows.
#
# SPDX-License-Identifier: MIT

export SUITE=sid
load ../lib

# build IMAGE
build() {
	host host mktirfs -m no -M no --include-modules virtio_blk -o "/out/$1" "$RELEASE"
}

setup_file() {
	local etc=$VM_DIR/hosts/host/upper/etc name
	cases_begin
	cases_host
	host_install host install-base
	mkdir -p "$etc/tiny-initramfs/hooks.middle"
	cat >"$etc/tiny-initramfs/hooks.middle/ipe" <<-'END'
		install -D /usr/sbin/ipe-load "$initramfs_dir/usr/sbin/ipe-load"
		policies=$(ipe-check -l)
		install -D -m 644 -t "$initramfs_dir/etc/ipe/initrd" $policies
	END
	host_policy host "$VM_DIR/policies/gen.p7b"
	build good.img
	for name in broken brick; do
		host_policy host "$VM_DIR/policies/$name.p7b"
		try "$name" build "new-$name.img"
	done
	image_with good.img untrusted.img "$VM_DIR/untrusted"
	boot_image good good.img --append "rdinit=/usr/sbin/ipe-load $TRACE"
	boot_image untrusted untrusted.img --firmware none --append rdinit=/usr/sbin/ipe-load
	boot_image required untrusted.img --firmware none --lsm "$WITHOUT_IPE" \
		--append "rdinit=/usr/sbin/ipe-load rd.ipe.required"
}

@test "tiny-initramfs: the real root's init runs and sees the policy active" {
	vm_use good
	assert_real_root 1
}

@test "tiny-initramfs: the policy is active before /init starts and before any module is loaded" {
	vm_use good
	assert_order "$ACTIVATION" 'sched_process_exec: filename=/init '
	assert_equal "$(modules_before)" ""
	assert_order "$ACTIVATION" 'module_load: virtio_blk'
}

@test "tiny-initramfs: a policy that the kernel refuses ends the boot" {
	vm_use untrusted
	refute_real_root
	assert_line --partial 'gen.p7b: the kernel trusts no key that signed it'
	assert_ended panic
}

@test "tiny-initramfs: rd.ipe.required on a kernel without IPE ends the boot" {
	vm_use required
	refute_real_root
	assert_line --partial 'ipe-load: IPE: ipe is not in lsm='
	assert_ended panic
}

@test "tiny-initramfs: a policy that is broken, or denies the image's programs, makes no image" {
	local name
	for name in broken brick; do
		[[ $(<"$VM_DIR/out/$name.status") != 0 ]] || fail "$name: mktirfs ended with status 0"
		assert_not_exist "$VM_DIR/out/new-$name.img"
		run cat "$VM_DIR/out/$name.log"
		assert_line --regexp "/etc/ipe/initrd/$name.p7b:.*: error: "
	done
}
