#!/usr/bin/env bats
#
# init.bats - ipe-load as process 1 in the initramfs
#
# The images hold nothing but the applet and the next init, which shows what it was started with.
#
# SPDX-License-Identifier: MIT

load lib

# embed NAME KEY [MAKE_ARGUMENT]...: build $VM_DIR/built/NAME/ipe-load with a policy signed with KEY.
embed() {
	local name=$1 key=$2
	shift 2
	local here=$VM_DIR/built/$name
	mkdir -p "$here"
	printf 'policy_name=%s policy_version=1.0.0\n%s\n%s\n%s\n' "$name" 'DEFAULT action=ALLOW' \
		'DEFAULT op=EXECUTE action=DENY' 'op=EXECUTE boot_verified=TRUE action=ALLOW' \
		>"$here/site.pol"
	sign_policy_as "$key" "$here/site.pol" "$here/site.p7b"
	make -s -C "$VM_TOP" BUILD="$here" POLICY="$here/site.p7b" "$@" \
		>"$here/log" 2>&1 || {
		cat "$here/log" >&2
		return 1
	}
}

# tree NAME BUILD: an image of the applet and the next init, and nothing else.
tree() {
	vm_tree "$1"
	vm_add_file "$VM_DIR/built/$2/ipe-load" /usr/sbin/ipe-load
	vm_add_static next /init
}

# boot APPEND [OPTION]...: boot it with ipe-load as process 1.
boot() {
	local append=$1
	shift
	vm_boot --append "rdinit=/usr/sbin/ipe-load $append" "$@"
	console
}

setup_file() {
	embed trusted trusted
	embed untrusted untrusted
	embed locked trusted LOCKED=1
	make -s -C "$VM_TOP" BUILD="$VM_DIR/built/none" >"$VM_DIR/built/log" 2>&1
}

activated='audit: type=1421 .*new_active_pol_name="trusted" new_active_pol_version=1.0.0'

@test "the policy is active before the next init starts, which gets arguments and environment" {
	tree plain trusted
	boot 'foo=bar splash -- one two'
	assert_ended off
	assert_line --partial 'ipe-load: policy trusted 1.0.0 is active and enforced'
	assert_line --regexp "$activated"
	assert_line 'next: pid=1'
	run -0 grep '^next: arg=' "$VM_DIR/plain/console"
	# The firmware for aarch64 adds a word of its own to the command line.
	local added=()
	[[ $VM_ARCH == amd64 ]] || added=(initrd=initrd)
	assert_output "$(printf 'next: arg=%s\n' /init splash one two "${added[@]}")"
	console
	assert_line 'next: env=foo=bar'
	assert_line 'next: env=HOME=/'
}

@test "no descriptor of ours is left open, and nothing is left mounted" {
	vm_use plain
	run -0 grep '^next: fd=' "$VM_DIR/plain/console"
	assert_output "$(printf 'next: fd=%s\n' 0 1 2)"
	run -0 grep '^next: mount=' "$VM_DIR/plain/console"
	refute_output --partial securityfs
	assert_equal "${#lines[@]}" 2
}

@test "rd.ipe=0 starts the next init without a policy, and says so" {
	tree off trusted
	boot 'rd.ipe=0 one'
	assert_ended off
	assert_line --partial 'ipe-load: rd.ipe=0'
	refute_line --regexp "$activated"
	assert_line 'next: arg=one'
}

@test "the last rd.ipe wins, and a bare -- ends the parameters" {
	tree last trusted
	boot 'rd.ipe=0 rd.ipe=1 -- rd.ipe=0'
	assert_ended off
	assert_line --regexp "$activated"
	assert_line 'next: arg=rd.ipe=0'
}

@test "rd.ipe.init= names another next init" {
	tree other trusted
	mv "$TREE/init" "$TREE/elsewhere"
	boot 'rd.ipe.init=/elsewhere'
	assert_ended off
	assert_line --regexp "$activated"
	assert_line 'next: arg=/elsewhere'
}

@test "a missing next init ends process 1 with a message" {
	tree missing trusted
	rm "$TREE/init"
	boot ''
	assert_ended panic
	assert_line --partial 'ipe-load: /init: cannot be executed: it does not exist'
}

@test "ipe-load as its own next init is noticed" {
	tree loop trusted
	boot 'rd.ipe.init=/usr/sbin/ipe-load'
	assert_ended panic
	assert_line --partial 'the next init is ipe-load itself'
}

@test "called as /init, the next init is /sbin/init" {
	tree as-init trusted
	mkdir -p "$TREE/sbin"
	mv "$TREE/init" "$TREE/sbin/init"
	mv "$TREE/usr/sbin/ipe-load" "$TREE/init"
	vm_boot
	console
	assert_ended off
	assert_line --regexp "$activated"
	assert_line 'next: arg=/sbin/init'
}

@test "an embedded policy that the kernel does not trust never reaches the next init" {
	tree untrusted untrusted
	boot ''
	assert_ended panic
	assert_line --partial 'ipe-load: site.p7b: the kernel trusts no key that signed it'
	refute_line --partial 'next:'
}

@test "an embedded policy and a kernel without IPE never reach the next init" {
	tree no-ipe trusted
	boot '' --lsm landlock,lockdown,yama --firmware none
	assert_ended panic
	assert_line --regexp 'ipe-load: IPE: ipe is not in lsm=.*landlock'
	refute_line --partial 'next:'
}

@test "without a policy and without IPE the next init starts, unless a policy is required" {
	tree nothing none
	boot '' --lsm landlock,lockdown,yama --firmware none
	assert_ended off
	assert_line --regexp 'ipe-load: IPE: ipe is not in lsm=.*landlock'
	assert_line 'next: pid=1'

	boot 'rd.ipe.required' --firmware none
	assert_ended panic
	assert_line --partial 'ipe-load: no policy'
	refute_line --partial 'next:'
}

@test "an image without /dev/console and /dev still gets its message out" {
	tree no-console untrusted
	mkdir "$TREE/dev"
	# The kernel's own initramfs has /dev/console; a directory in its place hides it.
	mkdir "$TREE/dev/console"
	boot ''
	assert_ended panic
	assert_line --partial 'ipe-load: site.p7b: the kernel trusts no key that signed it'
}

@test "ipe.enforce=0: the policy is active, and a message says that nothing is enforced" {
	tree permissive trusted
	boot 'ipe.enforce=0'
	assert_ended off
	assert_line --regexp "$activated"
	assert_line --partial 'ipe-load: policy trusted 1.0.0 is active, but IPE is permissive'
}

@test "a build with LOCKED=1 ignores the parameters" {
	tree locked locked
	boot 'rd.ipe=0 rd.ipe.init=/nowhere ipe.enforce=0'
	assert_ended off
	assert_line --regexp 'audit: type=1421 .*new_active_pol_name="locked"'
	assert_line --partial 'ipe-load: policy locked 1.0.0 is active and enforced'
	assert_line 'next: arg=/init'
}

@test "a script that is process 1 executes ipe-load with a file and an init" {
	tree script none
	vm_add_busybox
	mv "$TREE/init" "$TREE/next"
	vm_add_file "$VM_DIR/built/trusted/site.p7b" /site.p7b
	vm_add_text /init 755 <<-'END'
		#!/bin/sh
		exec /usr/sbin/ipe-load /site.p7b -- /next "$@"
	END
	vm_boot --append 'one foo=bar'
	console
	assert_ended off
	assert_line --regexp "$activated"
	run -0 grep '^next: arg=' "$VM_DIR/script/console"
	assert_output "$(printf 'next: arg=%s\n' /next one)"
}

@test "a script's ipe-load that fails does not reach the init" {
	tree script-fails none
	vm_add_busybox
	mv "$TREE/init" "$TREE/next"
	vm_add_file "$VM_DIR/built/untrusted/site.p7b" /site.p7b
	vm_add_text /init 755 <<-'END'
		#!/bin/sh
		exec /usr/sbin/ipe-load /site.p7b -- /next "$@"
	END
	vm_boot
	console
	assert_ended panic
	assert_line --partial 'ipe-load: /site.p7b: the kernel trusts no key that signed it'
	refute_line --partial 'next:'
}
