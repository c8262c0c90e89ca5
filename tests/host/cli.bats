#!/usr/bin/env bats
#
# cli.bats - the ways to call ipe-load on a machine without IPE
#
# SPDX-License-Identifier: MIT

bats_load_library bats-support
bats_load_library bats-assert

setup_file() {
	TOP=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
	BUILD=${BUILD:-build}
	[[ $BUILD == /* ]] || BUILD=$TOP/$BUILD
	# The keys of the test bed need no virtual machine.
	. "$TOP/tests/vm/keys.bash"
	DIR=$BUILD/tests/cli
	export TOP BUILD DIR
	make -s -C "$TOP" BUILD="$BUILD" all >/dev/null
	rm -rf "$DIR"
	mkdir -p "$DIR"
	printf 'policy_name=site policy_version=1.2.3\nDEFAULT action=ALLOW\n' >"$DIR/site.pol"
	sign_policy_as untrusted "$DIR/site.pol" "$DIR/site.p7b"
}

setup() {
	bats_require_minimum_version 1.5.0
	PATH=$BUILD:$PATH
}

@test "--help prints the usage and what the options mean, status 0" {
	run -0 ipe-load --help
	assert_line --index 0 --partial 'usage: ipe-load ['
	for option in a d e i n q r s x; do
		assert_output --regexp "
  -$option "
	done
}

@test "--version prints name and version, status 0" {
	run -0 ipe-load --version
	assert_output --regexp '^ipe-load [0-9]+\.[0-9]+\.[0-9]+$'
	run -0 ipe-check --version
	assert_output --regexp '^ipe-check [0-9]'
	run -0 ipe-status --version
	assert_output --regexp '^ipe-status [0-9]'
}

@test "help that cannot be written is a failure" {
	run ipe-load --help >/dev/full
	run bash -c 'ipe-load --help >/dev/full'
	assert_failure
	assert_output --partial 'cannot be written'
}

# wrong WORDS ARGUMENT...: status 2, what is wrong, the usage; nothing on standard output.
wrong() {
	local words=$1
	shift
	run -2 --separate-stderr ipe-load "$@"
	refute_output
	# shellcheck disable=SC2154 # run sets them
	assert_equal "${stderr_lines[0]}" "ipe-load: $words"
	[[ ${stderr_lines[1]} == 'usage: ipe-load ['* ]] || fail "no usage: ${stderr_lines[1]}"
}

@test "wrong usage is status 2 and says what is wrong" {
	wrong 'unknown option -z' -z
	wrong 'unknown option -z' -qz
	wrong 'unknown option --long' --long
	wrong 'an argument is missing behind -a' -a
	wrong '-s needs an INIT behind --' -s
	wrong '-d needs -s' -d -- /bin/true
	wrong '-e needs -s' -e -- /bin/true
	wrong 'no INIT behind --' --
}

@test "a control character in an argument does not reach the terminal" {
	wrong 'unknown option --\x1b[31m\x0a' $'--\e[31m\n'
}

@test "without IPE it is status 3, or 1 when required" {
	run -3 ipe-load "$DIR/site.p7b"
	assert_output --partial 'IPE'
	run -1 ipe-load -r "$DIR/site.p7b"
	assert_output --partial 'IPE'
}

@test "-q prints nothing but errors" {
	run -3 ipe-load -q "$DIR/site.p7b"
	refute_output
}

@test "an INIT starts after status 3, with its arguments" {
	run -0 ipe-load -q "$DIR/site.p7b" -- /bin/echo one two
	assert_output 'one two'
}

@test "a standard error that nobody reads does not stop it" {
	{
		sleep 0.5
		! ipe-load -r "$DIR/site.p7b"
		echo "${PIPESTATUS[0]}" >"$DIR/status"
	} 2>&1 | :
	assert_equal "$(cat "$DIR/status")" 1
}

@test "INIT inherits SIGPIPE as it was" {
	# The digit of the signals 13 (SIGPIPE) to 16: an emulator needs some of the others.
	local signals=(/bin/sed -n 's/^SigIgn:.*\(.\)...$/\1/p' /proc/self/status)
	assert_equal "$("${signals[@]}")" 0
	assert_equal "$(ipe-load -q "$DIR/site.p7b" -- "${signals[@]}")" "$("${signals[@]}")"
	trap '' PIPE
	assert_equal "$("${signals[@]}")" 1
	assert_equal "$(ipe-load -q "$DIR/site.p7b" -- "${signals[@]}")" "$("${signals[@]}")"
	trap - PIPE
}

@test "an INIT does not start after a failure" {
	run -1 ipe-load -r "$DIR/site.p7b" -- /bin/echo one two
	refute_output --partial 'one two'
}

@test "an INIT that cannot be executed is a failure" {
	run -1 ipe-load -q "$DIR/site.p7b" -- /nowhere/init
	assert_output 'ipe-load: /nowhere/init: cannot be executed: it does not exist'
}

@test "options and operands come in any order, an option's argument with or without a blank before it" {
	run -0 ipe-load "$DIR/site.p7b" -qn
	run -3 ipe-load -qasite "$DIR/site.p7b"
}

@test "a dry run by an ordinary user says what a good file holds" {
	chmod -R a+rX "$DIR"
	run -0 setpriv --reuid=65534 --clear-groups --inh-caps=-all "$BUILD/ipe-load" -n /dev/fd/3 \
		3<"$DIR/site.p7b"
	assert_output --partial 'site 1.2.3'
}

@test "a dry run of a bad file is status 1 with line and column" {
	sed 's/ALLOW/ALOW/' "$DIR/site.pol" >"$DIR/bad.pol"
	. "$TOP/tests/vm/keys.bash"
	sign_policy_as untrusted "$DIR/bad.pol" "$DIR/bad.p7b"
	run -1 ipe-load -n "$DIR/bad.p7b"
	assert_output --regexp 'bad\.p7b:2:16: error: '
}

@test "under any name but ipe-check and ipe-status it is ipe-load" {
	ln -sf "$BUILD/ipe-load" "$DIR/other"
	run -0 "$DIR/other" --version
	assert_output --regexp '^ipe-load '
}

@test "a file name with a blank, a quote and a line feed is printed on one line" {
	run -1 ipe-load -n "$DIR/"$'no such\n"file'
	assert_output --partial '/no such\x0a"file: '
	assert_equal "${#lines[@]}" 1
}

@test "what follows -- is a file to ipe-check, and an argument to ipe-status" {
	cp "$DIR/site.pol" "$DIR/-W"
	cd "$DIR" || return
	run -0 ipe-check -- -W
	assert_line --partial '-W: site 1.2.3'
	echo nonsense >bad.pol
	run -1 ipe-check site.pol -- bad.pol
	assert_line --partial 'bad.pol:1:1: error: '
	run -2 ipe-check --
	run -2 ipe-status -- foo
	assert_line --partial 'unknown argument foo'
}

@test "a dry run refuses two different policies of the same name and version, as a load does" {
	. "$TOP/tests/vm/keys.bash"
	printf 'policy_name=site policy_version=1.2.3\nDEFAULT action=DENY\n' >"$DIR/other.pol"
	sign_policy_as untrusted "$DIR/other.pol" "$DIR/other.p7b"
	run -1 ipe-load -n "$DIR/site.p7b" "$DIR/other.p7b"
	assert_line --partial 'other.p7b: error: has the same policy_name and policy_version as'
	run -0 ipe-load -n "$DIR/site.p7b" "$DIR/site.p7b"
}
