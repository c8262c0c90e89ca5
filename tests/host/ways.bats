#!/usr/bin/env bats
#
# ways.bats - how to ask ipe-status for the ways around, and where they are described
#
# What it says on a real kernel is for tests/vm/ways.bats and tests/attack.
#
# SPDX-License-Identifier: MIT

bats_load_library bats-support
bats_load_library bats-assert

setup_file() {
	TOP=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
	BUILD=${BUILD:-build}
	[[ $BUILD == /* ]] || BUILD=$TOP/$BUILD
	export TOP BUILD
	make -s -C "$TOP" BUILD="$BUILD" all >/dev/null
}

setup() {
	bats_require_minimum_version 1.5.0
	PATH=$BUILD:$PATH
}

# listed: the ways whose words are held against the attacks.
listed() {
	awk '/^[a-z]/ { print $1 }' "$TOP/tests/attack/ways" | sort
}

@test "-W asks for the ways, and -d for something else" {
	run -2 ipe-status -W
	assert_line --index 0 'ipe-status: -W needs -v'
	run -2 ipe-status -dv
	assert_line --index 0 'ipe-status: -d and -v exclude each other'
}

@test "ipe-load's own ipe-status, which images carry, has no ways" {
	ln -sf "$BUILD/ipe-load" "$BATS_TEST_TMPDIR/ipe-status"
	run -2 "$BATS_TEST_TMPDIR/ipe-status" -v
	run -1 grep -qa 'closed by' "$BUILD/ipe-load"
	run -0 grep -qa 'closed by' "$BUILD/ipe-status"
}

@test "the manual page describes each way, and no other" {
	# shellcheck disable=SC2016 # awk's
	run -0 awk '/^\.Ss Ways around/ { inside = 1 } /^\.Sh EXIT STATUS/ { inside = 0 }
		inside && /^\.It Li / { $1 = $2 = ""; gsub(/[ ,]+/, "\n"); print }' \
		"$TOP/applet/man/ipe-status.8"
	assert_equal "$(printf '%s\n' "${lines[@]}" | grep -vxE 'closed|open|unknown|' | sort)" "$(listed)"
}

@test "no attack is named that there is not, and each way once" {
	local way boots attacks attack
	assert_equal "$(listed | uniq -d)" ''
	while read -r way boots attacks _; do
		[[ $way == [a-z]* && $boots != - ]] || continue
		for attack in ${attacks//,/ }; do
			[[ -e $TOP/tests/attack/run/$attack.sh ]] || fail "$way: no attack $attack"
		done
	done <"$TOP/tests/attack/ways"
}
