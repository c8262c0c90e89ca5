#!/usr/bin/env bats
#
# policy_text.bats - where the policy reader finds what
#
# That it takes and refuses the same texts as the kernel is policy_text_oracle.bats's concern.
#
# SPDX-License-Identifier: MIT

bats_load_library bats-support
bats_load_library bats-assert

setup_file() {
	top=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
	build=${BUILD:-$top/build}
	[[ $build == /* ]] || build=$top/build
	export out=$build/tests/policy_text
	export dump=$out/policy_text_dump
	mkdir -p "$out"
	cc -std=gnu11 -g -O1 -Wall -Wextra -Werror -fsanitize=address,undefined \
		-fno-sanitize-recover=all -I "$top/applet" -o "$dump" \
		"$top/tests/host/policy_text_dump.c" "$top"/applet/policy/*.c
	# As it is shipped, for what is counted.
	cc -std=gnu11 -g -Os -I "$top/applet" -o "$dump-fast" \
		"$top/tests/host/policy_text_dump.c" "$top"/applet/policy/*.c
}

# The events of a text, given in printf's notation.
reads() {
	# shellcheck disable=SC2059 # the notation is wanted
	run "$dump" < <(printf "$1")
	assert_success
}

header='policy_name=a policy_version=1.2.3\n'
allow='DEFAULT action=ALLOW\n'

# Asserts the only fault of a text: LINE:COLUMN FAULT ERRNO [WORD].
fault_is() {
	reads "$1"
	assert_line --regexp '^[0-9]+:[0-9]+ fault '
	assert_equal "$(grep ' fault ' <<<"$output")" "${2%% *} fault ${2#* }"
}

@test "a good policy is read as it stands" {
	reads "# a comment\n\npolicy_name=site policy_version=1.+2.03 # one\n\
DEFAULT action=DENY\n\
DEFAULT op=POLICY action=ALLOW\n\
op=EXECUTE action=ALLOW\n\
\t op=KMODULE \t boot_verified=TRUE fsverity_digest=sha256:0aFF action=DENY \n\
op=X509_CERT boot_verified=FALSE boot_verified=TRUE dmverity_signature=FALSE \
dmverity_signature=TRUE fsverity_signature=FALSE fsverity_signature=TRUE action=ALLOW"
	assert_output "3 header site 1.2.3
4 default - DENY
5 default POLICY ALLOW
6 rule EXECUTE ALLOW 0x0
7 rule KMODULE DENY 0x82 35 sha256:0aFF
8 rule X509_CERT ALLOW 0x3f"
}

@test "every operation is known" {
	text=$header$allow
	expected=$'1 header a 1.2.3\n2 default - ALLOW'
	line=3
	for op in EXECUTE FIRMWARE KMODULE KEXEC_IMAGE KEXEC_INITRAMFS POLICY X509_CERT; do
		text+="op=$op action=DENY\n"
		expected+=$'\n'"$((line++)) rule $op DENY 0x0"
	done
	reads "$text"
	assert_output "$expected"
}

@test "no more digests of a rule are kept than there is room for" {
	reads "${header}${allow}op=EXECUTE dmverity_roothash=a:00 dmverity_roothash=b:01 \
dmverity_roothash=:02 fsverity_digest=d: fsverity_digest=e:04 fsverity_digest=f:05 action=DENY"
	assert_line '3 rule EXECUTE DENY 0xc0 12 a:00 35 b:01 58 :02 80 d:'
}

@test "a fault is found where it is: the header" {
	fault_is '' '1:1 NO_HEADER EBADMSG'
	fault_is '\n# nothing\n\n' '1:1 NO_HEADER EBADMSG'
	fault_is "\n  name=a policy_version=1.0.0\n$allow" '2:3 HEADER_NAME EBADMSG name=a'
	fault_is "policy_name=\n$allow" '1:13 HEADER_NAME EBADMSG'
	fault_is "policy_name=a\n$allow" '1:14 HEADER_VERSION EBADMSG'
	fault_is "policy_name=a  # x\n$allow" '1:14 HEADER_VERSION EBADMSG'
	fault_is "policy_name=a policy_ver=1.0.0\n$allow" '1:15 HEADER_VERSION EBADMSG policy_ver=1.0.0'
	fault_is "policy_name=a policy_version= \n$allow" '1:30 HEADER_VERSION EBADMSG'
	fault_is "policy_name=a policy_version=1.2.3 x y\n$allow" '1:36 HEADER_EXTRA EBADMSG x'
}

@test "a fault is found where it is: the version" {
	fault_is "policy_name=a policy_version=1.x2.3\n$allow" '1:32 VERSION_NUMBER EINVAL x2'
	fault_is "policy_name=a policy_version=1..3\n$allow" '1:32 VERSION_NUMBER EINVAL'
	fault_is "policy_name=a policy_version=-1.2.3\n$allow" '1:30 VERSION_NUMBER EINVAL -1'
	fault_is "policy_name=a policy_version=1.2.\n$allow" '1:34 VERSION_NUMBER EINVAL'
	fault_is "policy_name=a policy_version=1.65536.3\n$allow" '1:32 VERSION_RANGE ERANGE 65536'
	fault_is "policy_name=a policy_version=1.2\n$allow" '1:33 VERSION_COUNT EBADMSG'
	fault_is "policy_name=a policy_version=1.2.3.4.5\n$allow" '1:36 VERSION_COUNT EBADMSG 4.5'
}

@test "a fault is found where it is: a rule" {
	fault_is "$header${allow}boot_verified=TRUE op=EXECUTE action=DENY\n" \
		'3:1 OPERATION_MISSING EBADMSG boot_verified=TRUE'
	fault_is "$header$allow action=DENY\n" '3:2 OPERATION_MISSING EBADMSG action=DENY'
	fault_is "$header${allow}op=EXEC action=DENY\n" '3:4 OPERATION_UNKNOWN EBADMSG EXEC'
	fault_is "$header${allow}op= action=DENY\n" '3:4 OPERATION_UNKNOWN EBADMSG'
	fault_is "$header${allow}op=EXECUTE boot_verifed=TRUE action=DENY\n" \
		'3:12 PROPERTY_UNKNOWN EBADMSG boot_verifed=TRUE'
	fault_is "$header${allow}op=EXECUTE boot_verified=yes action=DENY\n" \
		'3:26 PROPERTY_VALUE EBADMSG yes'
	fault_is "$header${allow}op=EXECUTE boot_verified= action=DENY\n" \
		'3:26 PROPERTY_VALUE EBADMSG'
	fault_is "$header${allow}op=EXECUTE\n" '3:11 ACTION_MISSING EBADMSG'
	fault_is "$header${allow}op=EXECUTE boot_verified=TRUE\t# x\n" '3:30 ACTION_MISSING EBADMSG'
	fault_is "$header${allow}op=EXECUTE actoin=DENY\n" '3:12 ACTION_MISSING EBADMSG actoin=DENY'
	fault_is "$header${allow}op=EXECUTE action=Allow\n" '3:19 ACTION_UNKNOWN EBADMSG Allow'
	fault_is "$header${allow}op=EXECUTE action=\n" '3:19 ACTION_UNKNOWN EBADMSG'
}

@test "a fault is found where it is: a digest" {
	fault_is "$header${allow}op=EXECUTE fsverity_digest=sha256 action=DENY\n" \
		'3:28 DIGEST_FORM EBADMSG sha256'
	fault_is "$header${allow}op=EXECUTE dmverity_roothash= action=DENY\n" \
		'3:30 DIGEST_FORM EBADMSG'
	fault_is "$header${allow}op=EXECUTE fsverity_digest=sha256:0O12 action=DENY\n" \
		'3:36 DIGEST_HEX EINVAL O'
	fault_is "$header${allow}op=EXECUTE fsverity_digest=sha256:012 action=DENY\n" \
		'3:38 DIGEST_HEX EINVAL'
}

@test "a fault is found where it is: defaults" {
	fault_is "${header}DEFAULT op=EXECUTE boot_verified=TRUE action=DENY\n" \
		'2:20 DEFAULT_PROPERTY EBADMSG boot_verified=TRUE'
	fault_is "$header$allow  DEFAULT action=DENY\n" '3:3 DEFAULT_TWICE EBADMSG DEFAULT'
	fault_is "$header${allow}DEFAULT op=POLICY action=DENY\nDEFAULT op=POLICY action=DENY\n" \
		'4:1 DEFAULT_TWICE EBADMSG DEFAULT'
	fault_is "${header}DEFAULT\n" '2:8 ACTION_MISSING EBADMSG'
	fault_is "${header}op=POLICY action=DENY\n\n# x\n" '2:22 DEFAULT_MISSING EBADMSG'
}

@test "every kind of fault is looked for above" {
	for fault in $("$dump" -l | grep -vx OK); do
		grep -q "[0-9] $fault E" "$BATS_TEST_FILENAME" || fail "$fault is not tested"
	done
}

@test "each operation needs a default when there is no global one" {
	text=$header
	for op in EXECUTE FIRMWARE KMODULE KEXEC_IMAGE KEXEC_INITRAMFS POLICY; do
		text+="DEFAULT op=$op action=DENY\n"
	done
	fault_is "$text" '7:30 DEFAULT_MISSING EBADMSG'
	reads "${text}DEFAULT op=X509_CERT action=DENY\n"
	refute_output --partial ' fault '
}

@test "all faults are listed, the kernel's first, each line's once" {
	reads "policy_name=a policy_version=1.2\nop=EXEC boot=1 action=NO\nop=POLICY action=DENY\nx"
	assert_output "1:33 fault VERSION_COUNT EBADMSG
2:4 fault OPERATION_UNKNOWN EBADMSG EXEC
3 rule POLICY DENY 0x0
4:1 fault ACTION_MISSING EBADMSG x
4:2 fault DEFAULT_MISSING EBADMSG"
}

@test "a default that was mistyped is not missed as well" {
	fault_is "${header}DEFAULT action=Deny\n" '2:16 ACTION_UNKNOWN EBADMSG Deny'
	fault_is "$allow" '1:1 HEADER_NAME EBADMSG DEFAULT'
}

@test "lines are counted as an editor counts them" {
	fault_is "$header$allow\r\nx" '4:1 ACTION_MISSING EBADMSG x'
	fault_is "policy_name=a policy_version=1.2.3\r\nDEFAULT action=ALLOW\r\n\r\nx\r\n" \
		'4:1 ACTION_MISSING EBADMSG x'
	fault_is "policy_name=a policy_version=1.2.3\rDEFAULT action=ALLOW\r\rx\r" \
		'4:1 ACTION_MISSING EBADMSG x'
	fault_is "$header$allow# x\n#\n\n\n \n  x y" '8:3 OPERATION_MISSING EBADMSG x'
}

@test "nothing is read after a NUL" {
	reads "$header$allow\0op=EXECUTE action=DENY\n"
	assert_output $'1 header a 1.2.3\n2 default - ALLOW'
	reads "policy_name=a\0 policy_version=1.2.3\n$allow"
	assert_line --index 0 '1:14 fault HEADER_VERSION EBADMSG'
}

@test "blanks at a line's end are the kernel's, a no-break space among them" {
	reads "$header${allow}op=EXECUTE action=DENY \t\v\f\xa0\n"
	assert_line '3 rule EXECUTE DENY 0x0'
	fault_is "$header${allow}op=EXECUTE\xa0action=DENY\n" \
		'3:1 ACTION_MISSING EBADMSG op=EXECUTE\xa0action=DENY'
}

@test "of two versions the first number that differs decides" {
	local pair
	for pair in 1.0.0:2.0.0 1.65535.65535:2.0.0 1.2.65535:1.3.0 1.2.3:1.2.4 0.0.0:65535.65535.65535 \
		1.9.0:1.10.0; do
		assert_equal "$("$dump" -V "${pair%:*}" "${pair#*:}")" '<'
		assert_equal "$("$dump" -V "${pair#*:}" "${pair%:*}")" '>'
	done
	assert_equal "$("$dump" -V 1.2.3 01.+2.3)" =
}

@test "a version is read as the kernel reads it" {
	while read -r text verdict; do
		assert_equal "$text $("$dump" -v "$text")" "$text $verdict"
	done <<-'END'
		0.0.0 0.0.0
		65535.65535.65535 65535.65535.65535
		+1.002.+03 1.2.3
		65536.0.0 VERSION_RANGE
		18446744073709551615x.0.0 VERSION_NUMBER
		18446744073709551616x.0.0 VERSION_RANGE
		99999x.0.0 VERSION_NUMBER
		99999999999999999999999x.0.0 VERSION_RANGE
		1.2 VERSION_COUNT
		1.2.3.4 VERSION_COUNT
		1.2.3.x VERSION_COUNT
		1.x VERSION_NUMBER
		1.65536 VERSION_RANGE
		++1.2.3 VERSION_NUMBER
		+.2.3 VERSION_NUMBER
		1.2.3x VERSION_NUMBER
	END
	assert_equal "$("$dump" -v '')" VERSION_NUMBER
}

# A text of the given length, a pattern over and over behind a good beginning.
text_of() {
	# shellcheck disable=SC2059 # the notation is wanted
	{
		printf "$header$allow"
		yes "$(printf "$2")" | if [[ ${3:-} ]]; then tr -d '\n'; else cat; fi
	} 2>/dev/null | head -c "$1"
}

# Instructions that the reader spends on standard input.
instructions() {
	local file=$BATS_TEST_TMPDIR/callgrind
	valgrind --tool=callgrind --callgrind-out-file="$file" --toggle-collect=read_text \
		"$dump-fast" -c >/dev/null 2>"$file.log" || fail "$(cat "$file.log")"
	sed -n 's/^\(summary\|totals\): //p' "$file" | head -n 1
}

@test "ten times the text costs ten times the work, whatever is in it" {
	# Of a rule, a long line of words, a digest, and so on: with yes's line ends, or without any.
	while IFS='|' read -r pattern join; do
		small=$(text_of 6000 "$pattern" "$join" | instructions)
		large=$(text_of 60000 "$pattern" "$join" | instructions)
		echo "# $small for 6000 bytes, $large for 60000: $pattern $join"
		((small > 6000))
		# per byte at most 1.2 times as many
		((large <= 12 * small))
	done <<-'END'
		op=EXECUTE boot_verified=TRUE fsverity_digest=sha256:0123456789abcdef action=ALLOW
		op=EXEC action=ALLOW
		x
		\r
		# a comment
		op=EXECUTE |join
		op=EXECUTE boot_verified=TRUE |join
		 |join
		x|join
		#|join
		\xa0|join
		op=EXECUTE dmverity_roothash=|join
		DEFAULT op=EXECUTE |join
	END
	# One word as long as the text: a digest's value, a version's component, a name.
	for word in 'op=EXECUTE fsverity_digest=x:' 'policy_name=a policy_version=' 'policy_name='; do
		for length in 6000 60000; do
			{
				[[ $word == policy* ]] || printf '%b' "$header"
				printf '%s' "$word"
				head -c "$((length - 100))" /dev/zero | tr '\0' 0
				printf '%b' " action=ALLOW\n$allow"
			} | instructions >"$BATS_TEST_TMPDIR/$length"
		done
		small=$(<"$BATS_TEST_TMPDIR/6000")
		large=$(<"$BATS_TEST_TMPDIR/60000")
		echo "# $small for 6000 bytes, $large for 60000: $word"
		((small > 6000))
		((large <= 12 * small))
	done
}
