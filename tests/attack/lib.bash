# shellcheck shell=bash
#
# lib.bash - what those who attack share: programs of this directory, signed policies, and the judge
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

verified='op=EXECUTE fsverity_signature=TRUE action=ALLOW'

# with_fs_verity VERSION NAME <POLICY: that policy with another version and name, which also trusts
# what a key in .fs-verity signed.
with_fs_verity() {
	sed "s/^policy_name=.*/policy_name=$2 policy_version=$1/" | sed "\$a $verified"
}

# exception NAME BOOT: how the attack is expected to come out there, if it is on the list for this kernel.
exception() {
	local name boots outcome _
	while read -r name boots outcome _; do
		[[ $name == "$1" && ,$boots, == *",$2,"* ]] || continue
		case $outcome in
		*@before-*) ! vm_since "${outcome#*@before-}" || continue ;;
		*@since-*) vm_since "${outcome#*@since-}" || continue ;;
		esac
		echo "${outcome%@*}"
	done <"$ATTACK_HERE/exceptions"
}

# outcome BOOT NAME: how it came out.
outcome() {
	vm_use "$1"
	step "$2"
	# shellcheck disable=SC2154 # step sets it
	case $output in
	*control-won=1*) echo policy ;;
	*control-won=0*) echo never ;;
	*won=1*) echo won ;;
	*won=0*) echo stopped ;;
	*) echo "nothing was tried: $output" ;;
	esac
}

# judge NAME [BOOT]...: the attack came out as it should in the contrast boot, and in the others.
judge() {
	local name=$1 boot expected got
	shift
	(($#)) || set -- contrast sealed integrity
	for boot; do
		expected=$(exception "$name" "$boot")
		[[ -n $expected ]] || expected=stopped
		[[ $boot != contrast || $expected != stopped ]] || expected=won
		got=$(outcome "$boot" "$name")
		[[ $got == "$expected" ]] || {
			vm_use "$boot"
			step "$name"
			# shellcheck disable=SC2154 # step sets it
			fail "$boot: expected $expected, got $got: $output
$stderr"
		}
	done
}

# way_is BOOT STEP WAY: closed, open or unknown, as ipe-status -v said in that step.
way_is() {
	vm_use "$1"
	step "$2"
	# shellcheck disable=SC2154 # step sets it
	awk -v way="$3" '$2 == way && /^(closed|open|unknown) / { print $1 }' <<<"$output"
}

# prove_way BOOT WAY ATTACKS UNKNOWN: what ipe-status -v said of the way there (step "ways") is what
# the attacks came to. All are lists with commas between; see the file "ways".
prove_way() {
	local boot=$1 way=$2 attack said got tried=0
	said=$(way_is "$boot" ways "$way")
	if [[ ,$4, == *",$boot,"* ]]; then
		[[ $said == unknown ]] || fail "$boot: $way: expected unknown, it says $said"
		return
	fi
	[[ $said == @(open|closed) ]] || fail "$boot: $way: it says ${said:-nothing}"
	for attack in ${3//,/ }; do
		got=$(outcome "$boot" "$attack")
		[[ $got != nothing* ]] || continue
		tried=$((tried + 1))
		[[ $said:$got == open:won || ($said == closed && $got != won) ]] ||
			fail "$boot: it says that $way is $said, and $attack came out as $got"
	done
	((tried)) || fail "$boot: $way: none of $3 was tried"
}

# prove_ways BOOT...: the same for each way of the file "ways" and each of these boots that it names.
prove_ways() {
	local boot way boots attacks unknown proved=0
	for boot; do
		while read -r way boots attacks unknown; do
			[[ -n $way && $way != \#* && ,$boots, == *",$boot,"* ]] || continue
			prove_way "$boot" "$way" "$attacks" "$unknown"
			proved=$((proved + 1))
		done <"$ATTACK_HERE/ways"
	done
	((proved)) || fail "no way was proved"
}
