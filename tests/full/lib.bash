# shellcheck shell=bash
#
# lib.bash - a tree in which every system call of ipe-load can be made to fail
#
# A bats file loads it after "load ../vm/lib". What the guest's program faults does is told in
# faults.c.
#
# SPDX-License-Identifier: MIT

# shellcheck disable=SC2154 # step sets output, lines and stderr

# fault_policy NAME VERSION OUT: a signed policy that denies nothing.
fault_policy() {
	printf 'policy_name=%s policy_version=%s\nDEFAULT action=ALLOW\n' "$1" "$2" >"$3.pol"
	sign_policy "$3.pol" "$3"
}

# fault_tree NAME: begin the tree of the boot NAME, with faults, ipe-load, ipe-embedded, /site.p7b,
# /other.p7b, /older.p7b, and for the steps variables and the function "unmounted".
fault_tree() {
	local dir=$VM_DIR/policies
	mkdir -p "$dir"
	make -s -C "$VM_TOP" BUILD="$BUILD" all
	fault_policy site 1.0.0 "$dir/site.p7b"
	fault_policy site 0.9.0 "$dir/older.p7b"
	fault_policy other 1.0.0 "$dir/other.p7b"
	make -s -C "$VM_TOP" BUILD="$VM_DIR/embedding" POLICY="$dir/site.p7b"

	vm_tree "$1"
	vm_add_driver
	vm_add_static ../full/faults /vm/bin/faults
	vm_add_file "$BUILD/ipe-load" /usr/sbin/ipe-load
	vm_add_file "$VM_DIR/embedding/ipe-load" /usr/sbin/ipe-embedded
	vm_add_file "$dir/site.p7b" /site.p7b
	vm_add_file "$dir/older.p7b" /older.p7b
	vm_add_file "$dir/other.p7b" /other.p7b
}

# fault_hand_over_tree PAIRS: add /final with what the hand-over needs: messages of PAIRS versions
# in /final/pool. They are kept, since signing takes its time.
fault_hand_over_tree() {
	local pool=$BUILD/vm/fault-pool n
	mkdir -p "$pool" "$TREE/final/pool" "$TREE/final/usr/lib/ipe/final"
	for ((n = 0; n < 2 * $1; n += 2)); do
		[[ -s $pool/$n.p7b ]] || fault_policy other "2.0.$n" "$pool/$n.p7b"
		[[ -s $pool/$((n + 1)).p7b ]] ||
			fault_policy site "2.0.$((n + 1))" "$pool/$((n + 1)).p7b"
		cp "$pool/$n.p7b" "$pool/$((n + 1)).p7b" "$TREE/final/pool"
	done
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
	END
	cat "$TREE/vm/final.sh" >>"$TREE/vm/lib.sh"
}

# fault_step NAME [OPTION-OF-FAULTS]... -- PROGRAM [ARGUMENT]...: a step in which it is tried.
fault_step() {
	local name=$1
	shift
	# The console is slow, and what is audited here is not asked for.
	vm_step "$name" 900 <<<"dmesg -n 1; ${FAULT_BEFORE:-:}; exec faults -n $name -b /other.p7b $*"
}

# fault_passed NAME: the step found nothing; its count is shown.
fault_passed() {
	step "$1"
	echo "$output"
	assert_success
	assert_equal "$stderr" ''
	echo "# ${lines[-1]}" >&3
}
