# shellcheck shell=bash
#
# lib.bash - a tree in which every system call of ipe-load can be made to fail
#
# A bats file loads it after "load ../vm/lib". What the guest's program faults does is told in
# faults.c.
#
# SPDX-License-Identifier: MIT

# shellcheck disable=SC2154 # step sets output, lines and stderr

# fault_policy NAME VERSION OUT [LINE]: a signed policy that denies nothing.
fault_policy() {
	printf '%s\n' "policy_name=$1 policy_version=$2" 'DEFAULT action=ALLOW' "${@:4}" >"$3.pol"
	sign_policy "$3.pol" "$3"
}

# fault_tree NAME: begin the tree of the boot NAME, with faults, ipe-load, ipe-embedded, /site.p7b,
# /other.p7b, /older.p7b and others.
fault_tree() {
	local dir=$VM_DIR/policies
	mkdir -p "$dir"
	make -s -C "$VM_TOP" BUILD="$BUILD" all
	fault_policy site 1.0.0 "$dir/site.p7b"
	fault_policy site 0.9.0 "$dir/older.p7b"
	fault_policy other 1.0.0 "$dir/other.p7b"
	fault_policy other 1.0.1 "$dir/higher.p7b"
	fault_policy third 1.0.0 "$dir/third.p7b"
	fault_policy site 1.0.0 "$dir/different.p7b" 'DEFAULT op=POLICY action=ALLOW'
	fault_policy site 1.0.0 "$dir/untrusted.p7b"
	sign_policy_as untrusted "$dir/untrusted.p7b.pol" "$dir/untrusted.p7b"
	make -s -C "$VM_TOP" BUILD="$VM_DIR/embedding" POLICY="$dir/site.p7b"

	vm_tree "$1"
	vm_add_driver
	vm_add_static ../full/faults /vm/bin/faults
	vm_add_file "$BUILD/ipe-load" /usr/sbin/ipe-load
	vm_add_file "$VM_DIR/embedding/ipe-load" /usr/sbin/ipe-embedded
	cp "$dir"/*.p7b "$TREE"
}

# fault_directories: put site.p7b into the directories of an initramfs, and a mask, which costs calls
# too.
fault_directories() {
	mkdir -p "$TREE/etc/ipe/initrd" "$TREE/usr/lib/ipe/initrd"
	cp "$TREE/site.p7b" "$TREE/usr/lib/ipe/initrd"
	ln -s /dev/null "$TREE/etc/ipe/initrd/a.p7b"
}

# fault_hand_over_tree PAIRS: add /final with what the hand-over needs: messages of PAIRS versions
# in /final/pool, which are kept, since signing takes its time, and ipe-embedded with the first.
fault_hand_over_tree() {
	local pool=$BUILD/vm/fault-messages n name lock
	mkdir -p "$pool" "$TREE/final/pool" "$TREE/final/usr/lib/ipe/final"
	exec {lock}>"$pool/lock"
	flock "$lock"
	for ((n = 0; n < 2 * $1; n++)); do
		((n % 2)) && name=site || name=other
		[[ -s $pool/$n.p7b ]] || {
			fault_policy "$name" "2.0.$((10000 + n))" "$pool/new.p7b"
			mv "$pool/new.p7b" "$pool/$n.p7b"
		}
		printf '%s\0' "$pool/$n.p7b"
	done | xargs -0 cp -t "$TREE/final/pool"
	exec {lock}>&-
	make -s -C "$VM_TOP" BUILD="$VM_DIR/final" POLICY="$pool/1.p7b"
	vm_add_file "$VM_DIR/final/ipe-load" /final/usr/sbin/ipe-embedded
	vm_add_file "$pool/1.p7b" /final/pool/embedded.p7b
	vm_add_file "$BUILD/ipe-load" /final/usr/sbin/ipe-load
	vm_add_static hello /final/sbin/init
	# What is in it must be a mount of its own.
	vm_add_text /vm/final.sh <<-'END'
		# final: make /mnt/final a file system with what is in /final.
		final() {
			[ -e /mnt/final/sbin ] && return
			mkdir -p /mnt/final
			mount -t tmpfs tmpfs /mnt/final && cp -a /final/. /mnt/final
		}
		# mount_final: proc (by faults, in its PID namespace) and securityfs, where they usually are.
		mount_final() {
			mkdir -p /mnt/final/proc /mnt/final/sys/kernel/security
			mount -t securityfs securityfs /mnt/final/sys/kernel/security
		}
	END
	cat "$TREE/vm/final.sh" >>"$TREE/vm/lib.sh"
}

# fault_step NAME [OPTION-OF-FAULTS]... -- PROGRAM [ARGUMENT]...: a step in which it is tried.
fault_step() {
	local name=$1
	shift
	# The console is slow, and what is audited here is not asked for.
	vm_step "$name" 1250 <<<"dmesg -n 1; ${FAULT_BEFORE:-:}; exec faults -n $name -b /other.p7b $*"
}

# fault_passed NAME: the step found nothing; its count is shown.
fault_passed() {
	step "$1"
	echo "$output"
	assert_success
	assert_equal "$stderr" ''
	echo "# ${lines[-1]}" >&3
}
