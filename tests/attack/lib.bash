# shellcheck shell=bash
#
# lib.bash - what hold.bats and attack.bats share: programs of this directory, and signed policies
#
# After vm/lib.bash. SPDX-License-Identifier: MIT

ATTACK_HERE=$(cd "${BASH_SOURCE[0]%/*}" && pwd)

# attack_cc NAME: build tests/attack/NAME.c with musl, static, and print the program's path.
attack_cc() {
	local out=$BUILD/vm/bin/attack-$1
	# vm_compile does not know of the header.
	[[ $out -nt $ATTACK_HERE/mark.h ]] || rm -f "$out"
	vm_compile "$ATTACK_HERE/$1.c" "$out" && printf '%s\n' "$out"
}

# vm_add_attack NAME...: the programs built from tests/attack/NAME.c at /attack/NAME.
vm_add_attack() {
	local name program
	for name; do
		program=$(attack_cc "$name") && vm_add_file "$program" "/attack/$name" || return 1
	done
}

# policy NAME VERSION [LINE]...: print a policy that allows what its lines do not deny.
policy() {
	printf 'policy_name=%s policy_version=%s\nDEFAULT action=ALLOW\n' "$1" "$2"
	shift 2
	(($# == 0)) || printf '%s\n' "$@"
}

# vm_add_policy PATH: the policy on standard input, signed, at PATH in the tree.
vm_add_policy() {
	cat >"$VM_DIR/policy.pol"
	sign_policy "$VM_DIR/policy.pol" "$VM_DIR/policy.p7b" &&
		vm_add_file "$VM_DIR/policy.p7b" "$1"
}
