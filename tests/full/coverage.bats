#!/usr/bin/env bats
#
# coverage.bats - the host tests and the fuzz corpora reach what they are said to reach
#
# SPDX-License-Identifier: MIT

bats_load_library bats-support
bats_load_library bats-assert

@test "each line of the applet that the host tests never reach is listed with a reason" {
	local all reached share listed
	run "$BATS_TEST_DIRNAME/../coverage/run"
	assert_success
	read -r _ all reached share listed <<<"${lines[-1]}"
	echo "# of $all lines $reached are reached, $share; $listed are listed" >&3
	assert_equal "$all" "$((reached + listed))"
}
