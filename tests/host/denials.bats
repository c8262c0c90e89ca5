#!/usr/bin/env bats
#
# denials.bats - what ipe-status -d makes of a log
#
# The logs in denials/ are of boots of Linux 6.12 in which the same programs ran: permissive, in
# dmesg.txt, kmsg.txt and journal.txt (systemd 252, with both of the journal's records of each), and
# enforced, in audit.log (auditd 3.0.9, enriched). What is not IPE's was left out, but for some.
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
	cd "$BATS_TEST_DIRNAME/denials" || return
}

# denials STATUS [FILE]...: what -d prints, without what would allow it.
denials() {
	run "-$1" --separate-stderr ipe-status -d "${@:2}"
	# shellcheck disable=SC2154 # run sets it
	error=$stderr all=$output
	output=$(grep -v '^  ' <<<"$output") || :
	mapfile -t lines <<<"$output"
}

# access [NAME=VALUE]...: a record of dmesg's, some of whose parts are these.
access() {
	local op=EXECUTE hook=MMAP enforcing=1 comm='"sh"' path='"/a"' dev='"sda1"' ino=7
	local rule='"DEFAULT action=DENY"' before='[    9.9] audit: ' word
	for word; do
		printf -v "${word%%=*}" %s "${word#*=}"
	done
	printf '%stype=1420 audit(1796077891.671:8): ipe_op=%s ipe_hook=%s enforcing=%s pid=180 comm=%s path=%s dev=%s ino=%s rule=%s\n' \
		"$before" "$op" "$hook" "$enforcing" "$comm" "$path" "$dev" "$ino" "$rule"
}

# What the programs were denied in each of the logs, but for its verdict.
expected() {
	sed "s/VERDICT/$1/" <<'END'
2 VERDICT: EXECUTE of "/plain/hello" on dm-0 by "busybox" and others (rule: DEFAULT action=DENY)
2 VERDICT: EXECUTE of "/disk/plain" on vdb by "busybox" and others (rule: DEFAULT action=DENY)
2 VERDICT: EXECUTE of "/disk/sealed" on vdb by "busybox" and others (rule: DEFAULT action=DENY)
2 VERDICT: EXECUTE of "/tmp/hello" on tmpfs by "busybox" and others (rule: DEFAULT action=DENY)
2 VERDICT: EXECUTE of "/tmp/a \x22b" on tmpfs by "busybox" and others (rule: DEFAULT action=DENY)
2 VERDICT: EXECUTE of "/tmp/back\slash" on tmpfs by "busybox" and others (rule: DEFAULT action=DENY)
2 VERDICT: EXECUTE of "/tmp/rule=\x22DEFAULT action=ALLOW\x22" on tmpfs by "busybox" and others (rule: DEFAULT action=DENY)
2 VERDICT: EXECUTE of "/tmp/path=\x22x\x22.dev=\x22y\x22" on tmpfs by "busybox" and others (rule: DEFAULT action=DENY)
2 VERDICT: EXECUTE of "/memfd:evil (deleted)" on tmpfs by "memfd" and others (rule: DEFAULT action=DENY)
2 VERDICT: KEXEC_IMAGE of memory (KERNEL_LOAD) by "kexec" (rule: DEFAULT action=DENY)
1 VERDICT: EXECUTE of memory (MPROTECT) by "mapexec" (rule: DEFAULT action=DENY)
1 VERDICT: KMODULE of memory (KERNEL_LOAD) by "modload" (rule: DEFAULT action=DENY)
1 VERDICT: KMODULE of "/dummy.ko" on rootfs by "modload" (rule: DEFAULT action=DENY)
1 VERDICT: KMODULE of "/tmp/dummy.ko" on tmpfs by "modload" (rule: DEFAULT action=DENY)
1 VERDICT: KEXEC_IMAGE of "/vm/bin/hello" on rootfs by "kexec" (rule: DEFAULT action=DENY)
END
}

loaded='policy loaded: "site" 1.0.0
policy activated: "site" 1.0.0
policy loaded: "site" 2.0.0
policy activated: "site" 2.0.0, after "site" 1.0.0'

@test "dmesg's lines are read" {
	denials 1 dmesg.txt
	assert_output "$loaded
$(expected 'would be denied')"
	assert_equal "$error" ''
}

@test "the records of /dev/kmsg are read, with a backslash in a name" {
	denials 1 kmsg.txt
	assert_output "$loaded
$(expected 'would be denied')"
}

@test "the journal is read, and what it has twice counts once" {
	denials 1 journal.txt
	assert_output "$(expected 'would be denied')"
	# Either half alone says the same.
	grep ' kernel: ' journal.txt >"$BATS_TEST_TMPDIR/kernel"
	denials 1 "$BATS_TEST_TMPDIR/kernel"
	assert_output "$(expected 'would be denied')"
	grep ' audit\[' journal.txt >"$BATS_TEST_TMPDIR/audit"
	denials 1 "$BATS_TEST_TMPDIR/audit"
	assert_output "$(expected 'would be denied')"
	# As a journal writes it that knows the type's name.
	sed 's/AUDIT1420/IPE_ACCESS/' "$BATS_TEST_TMPDIR/audit" >"$BATS_TEST_TMPDIR/named"
	denials 1 "$BATS_TEST_TMPDIR/named"
	assert_output "$(expected 'would be denied')"
}

@test "auditd's log is read" {
	local permissive
	denials 1 audit.log
	# It begins with what the kernel had kept for auditd until it was started.
	permissive=$(expected 'would be denied' | head -n 6)
	assert_equal "$(head -n 13 <<<"$output")" "$loaded
enforce switched on
enforce switched off
enforce switched on
$permissive"
	# Of a program that does not start there is one record.
	assert_equal "$(tail -n +14 <<<"$output" | sort)" \
		"$(expected denied | sed 's/^2/1/; s/ and others//' | sort)"
}

@test "auditd's log is read, with a type that it knows or not, from this machine or another" {
	local log=$BATS_TEST_TMPDIR/log
	local one='1 denied: EXECUTE of "/a" on sda1 by "sh" (rule: DEFAULT action=DENY)'
	for type in IPE_ACCESS 'UNKNOWN[1420]' 1420; do
		for before in '' 'node=host ' 'Nov 30 22:36:18 host audisp-syslog[12]: '; do
			access before="$before" | sed "s/type=1420 audit/type=$type msg=audit/" >"$log"
			denials 1 "$log"
			assert_output "$one"
		done
	done
	access before= | sed $'s/$/\x1dpath="\\/other" AUID="unset"/' >"$log"
	denials 1 "$log"
	assert_output "$one"
}

@test "other ways to print the kernel's log are read" {
	local before
	for before in '' 'audit: ' '<5>[    9.9] audit: ' '[    9.9][   T12] audit: ' \
		'[Mon Nov 30 22:18:51 2026] audit: ' 'kern  :notice: [    9.9] audit: ' \
		'2026-11-30T22:36:18+0000 host kernel: audit: ' '[    9.9] host kernel: audit: ' \
		'[    9.9] [   T12] audit: ' '2026-11-30T22:18:51,123456+00:00 audit: ' \
		'kern  :notice: 2026-11-30T22:18:51,123456+00:00 audit: ' \
		'Nov  1 22:36:18 host kernel: [    9.9] audit: ' \
		'Mon 2026-11-30 22:36:18 UTC host kernel: audit: '; do
		access before="$before" >"$BATS_TEST_TMPDIR/log"
		denials 1 "$BATS_TEST_TMPDIR/log"
		assert_output '1 denied: EXECUTE of "/a" on sda1 by "sh" (rule: DEFAULT action=DENY)'
	done
}

@test "the most frequent comes first, and each verdict is a kind of its own" {
	{
		access
		access path='"/b"'
		access path='"/b"' ino=9
		access path='"/b"' enforcing=0
		access path='"/b"' dev='"sda2"'
		access path='"/b"' rule='"DEFAULT op=EXECUTE action=DENY"'
		for _ in 1 2 3; do access op=FIRMWARE path='"/c"'; done
	} >"$BATS_TEST_TMPDIR/log"
	denials 1 - <"$BATS_TEST_TMPDIR/log"
	assert_output '3 denied: FIRMWARE of "/c" on sda1 by "sh" (rule: DEFAULT action=DENY)
2 denied: EXECUTE of "/b" on sda1 by "sh" (rule: DEFAULT action=DENY)
1 denied: EXECUTE of "/a" on sda1 by "sh" (rule: DEFAULT action=DENY)
1 would be denied: EXECUTE of "/b" on sda1 by "sh" (rule: DEFAULT action=DENY)
1 denied: EXECUTE of "/b" on sda2 by "sh" (rule: DEFAULT action=DENY)
1 denied: EXECUTE of "/b" on sda1 by "sh" (rule: DEFAULT op=EXECUTE action=DENY)'
}

@test "what was allowed is no denial" {
	{
		access rule='"DEFAULT action=ALLOW"'
		access rule='"op=EXECUTE dmverity_roothash="sha256":AB12 action=ALLOW"'
	} >"$BATS_TEST_TMPDIR/log"
	denials 0 "$BATS_TEST_TMPDIR/log"
	assert_output 'nothing was denied'
}

@test "a rule with a digest is shown whole" {
	access rule='"op=EXECUTE dmverity_roothash="sha256":AB12 fsverity_digest="action=ALLOW":CD action=DENY"' \
		>"$BATS_TEST_TMPDIR/log"
	denials 1 "$BATS_TEST_TMPDIR/log"
	assert_output --partial \
		'(rule: op=EXECUTE dmverity_roothash="sha256":AB12 fsverity_digest="action=ALLOW":CD action=DENY)'
}

@test "fields that a newer kernel adds are passed over, wherever it puts them" {
	access | sed 's/ipe_op=/new=1 other="a path=\\"\/x" nothing ipe_op=/; s/ comm=/ exe="\/y" subj=? comm=/
		s/$/ path="\/other" rule="DEFAULT action=ALLOW" enforcing=0/' >"$BATS_TEST_TMPDIR/log"
	denials 1 "$BATS_TEST_TMPDIR/log"
	assert_output '1 denied: EXECUTE of "/a" on sda1 by "sh" (rule: DEFAULT action=DENY)'
}

@test "a name cannot drive the terminal, begin a line, or end its quotes" {
	# /tmp/ESC[2J LF "x, in hexadecimal as the kernel has it; and bytes that no kernel writes
	{
		access path=2F746D702F1B5B324A0A2278 comm=$'"\e[2J"'
		printf '\e]0;title\a%s\0\n' "$(access path=$'"/b\e"')"
	} >"$BATS_TEST_TMPDIR/log"
	denials 1 "$BATS_TEST_TMPDIR/log"
	assert_line --index 0 \
		'1 denied: EXECUTE of "/tmp/\x1b[2J\x0a\x22x" on sda1 by "\x1b[2J" (rule: DEFAULT action=DENY)'
	refute_output --regexp $'[\e\a]'
}

@test "what a program says is no record" {
	{
		access before='Nov 30 22:36:18 host evil[12]: '
		access before='[    9.9] evil:  '
		access before='12,423,14296533,-;audit: '
		access before='5,423,14296533,-;evil: said '
		access before='type=USER_LOGIN msg=audit(1.1:1): msg="'
		access before='[    9.9] audit: type=1107 audit(1.1:1): msg=" '
		access before='[    9.9] evil[7]: audit type=1400 '
		printf 'said IPE_ACCESS ipe_op=EXECUTE rule="DEFAULT action=DENY"\n'
		access | sed 's/audit(/(/'
	} >"$BATS_TEST_TMPDIR/log"
	denials 0 "$BATS_TEST_TMPDIR/log"
	assert_output 'nothing was denied'
}

@test "a name in another message of the kernel's makes no record" {
	local fault='segfault at 0 ip 0 sp 0 error 4 in'
	{
		access before="6,100,1000,-;a.out[12]: $fault audit: "
		access before="6,100,1000,-;a.out[12]: $fault kernel: audit: "
		access before="6,100,1000,-;IPE_ACCESS x[12]: $fault "
		access before='6,100,1000,-;'
	} >"$BATS_TEST_TMPDIR/log"
	denials 0 "$BATS_TEST_TMPDIR/log"
	assert_output 'nothing was denied'
	{
		access before="[    9.9] a.out[12]: $fault audit: "
		access before="[    9.9] a.out[12]: $fault kernel: audit: "
		access before="IPE_ACCESS x[12]: $fault "
		access before="Nov 30 22:36:18 host kernel: a.out[12]: $fault audit: "
		access before="Nov 30 22:36:18 host kernel: [    9.9] audit[7]: IPE_ACCESS "
		access before="Nov 30 22:36:18 host evil[3]: audit[7]: IPE_ACCESS "
		echo '[    9.9] evil: kauditd_printk_skb: 15 callbacks suppressed'
		echo '[    9.9] evil: audit: audit_backlog=65 > audit_backlog_limit=64'
	} >"$BATS_TEST_TMPDIR/log"
	denials 0 "$BATS_TEST_TMPDIR/log"
	assert_output 'nothing was denied'
	assert_equal "$error" ''
}

@test "quotes in a record that somebody else composed make no rule" {
	{
		access op='"EXECUTE action=ALLOW #"' path='"/memfd:a"' dev='"rootfs"'
		access op=EXECUTES dev='"rootfs"'
	} >"$BATS_TEST_TMPDIR/log"
	denials 1 "$BATS_TEST_TMPDIR/log"
	refute [ -n "$(grep -e ' op=' -e '#' <<<"$all")" ]
	run -0 sort -u <<<"$(grep '^  ' <<<"$all")"
	assert_output '    this operation is not one that a policy here can name'
}

@test "of a record that was cut off is told what there is" {
	local record length
	record=$(access path=2F746D702F61202262 rule='"op=EXECUTE boot_verified=TRUE action=DENY"')
	printf '%s' "${record%\"}" >"$BATS_TEST_TMPDIR/log"
	denials 1 "$BATS_TEST_TMPDIR/log"
	assert_output '1 perhaps denied (the record is cut off): EXECUTE of "/tmp/a \x22b" on sda1 by "sh" (rule: op=EXECUTE boot_verified=TRUE action=DENY)'
	# Wherever it ends behind its first field, it counts.
	length=${record%%EXECUTE*}
	for ((length = ${#length}; length < ${#record}; length++)); do
		printf '%s\n' "${record:0:length}"
	done >"$BATS_TEST_TMPDIR/log"
	denials 1 "$BATS_TEST_TMPDIR/log"
	run awk '{ all += $1 } END { print all }' <<<"$output"
	assert_output "$(wc -l <"$BATS_TEST_TMPDIR/log")"
}

@test "policies that were loaded, refused and activated, and enforce, have a line each" {
	{
		printf '[    1.0] audit: type=%s audit(1.1:1): %s\n' \
			1422 'policy_name="a"b" policy_version=1.2.3 policy_digest=sha256:AB auid=0 lsm=ipe res=1 errno=0' \
			1422 'policy_name=? policy_version=? policy_digest=? auid=0 ses=1 lsm=ipe res=0 errno=-126' \
			1422 'policy_name=? policy_version=? policy_digest=? auid=0 ses=1 lsm=ipe res=0 errno=-99' \
			1421 'old_active_pol_name=? old_active_pol_version=? old_policy_digest=? new_active_pol_name="a" new_active_pol_version=1.2.3 new_policy_digest=sha256:AB lsm=ipe res=1' \
			1404 'enforcing=0 old_enforcing=1 auid=0 ses=1 enabled=1 old-enabled=1 lsm=ipe res=1' \
			1404 'enforcing=1 old_enforcing=0 auid=0 ses=1 enabled=1 old-enabled=1 lsm=ipe res=1' \
			1404 'enforcing=0 old_enforcing=1 auid=0 ses=1 enabled=1 old-enabled=1 lsm=selinux res=1'
		echo 'type=IPE_POLICY_LOAD msg=audit(1.1:1): policy_name="c" policy_version=4.5.6 lsm=ipe res=1'
		echo 'Nov 30 22:36:18 host audit[12]: IPE_CONFIG_CHANGE old_active_pol_name="c" old_active_pol_version=4.5.6 new_active_pol_name="d" new_active_pol_version=7.8.9 lsm=ipe res=1'
	} >"$BATS_TEST_TMPDIR/log"
	denials 0 "$BATS_TEST_TMPDIR/log"
	assert_output 'policy loaded: "a"b" 1.2.3
policy refused: no key that the kernel trusts has signed it (errno 126)
policy refused (errno 99)
policy activated: "a" 1.2.3
enforce switched off
enforce switched on
policy loaded: "c" 4.5.6
policy activated: "d" 7.8.9, after "c" 4.5.6
nothing was denied'
}

@test "what is missing in the log is said" {
	{
		echo '[    9.9] kauditd_printk_skb: 15 callbacks suppressed'
		echo '[   19.9] kauditd_printk_skb: 5 callbacks suppressed'
		echo '[   20.9] audit: audit_lost=47 audit_rate_limit=0 audit_backlog_limit=64'
	} >"$BATS_TEST_TMPDIR/log"
	denials 0 "$BATS_TEST_TMPDIR/log"
	assert_equal "$error" "ipe-status: 20 audit records, IPE's or others, are missing: the kernel limits their rate (boot with sysctl.kernel.printk_ratelimit=0, or read auditd's log)"
	echo '[   20.9] audit: audit_backlog=65 > audit_backlog_limit=64' >"$BATS_TEST_TMPDIR/log"
	denials 0 "$BATS_TEST_TMPDIR/log"
	assert_equal "$error" 'ipe-status: audit records are missing: the kernel had no room for them (boot with audit_backlog_limit=8192)'
}

@test "what the record alone tells of a cure is said" {
	run -1 ipe-status -d dmesg.txt
	# cure FIRST LINE...: what stands below it.
	cure() {
		run sed -n "/$1/,/^[^ ]/{/^ /p}" <<<"$told"
		assert_output --partial "$2"
	}
	told=$output
	cure 'memory (MPROTECT)' 'switch its JIT off'
	cure 'KMODULE of memory' 'DEFAULT op=KMODULE action=ALLOW'
	cure 'KEXEC_IMAGE of memory' 'kexec -s'
	cure 'KMODULE of ".dummy.ko" on rootfs' "In the initramfs's own policy boot_verified=TRUE allows it"
	cure '.tmp.hello' 'move it to a dm-verity volume'
	cure 'memfd:evil' 'memory that the program made'
	access hook=KERNEL_LOAD op=FIRMWARE path=? >"$BATS_TEST_TMPDIR/log"
	run -1 ipe-status -d "$BATS_TEST_TMPDIR/log"
	assert_output --partial 'through sysfs'
	access hook=KERNEL_LOAD op=X509_CERT path=? >"$BATS_TEST_TMPDIR/log"
	run -1 ipe-status -d "$BATS_TEST_TMPDIR/log"
	assert_output --partial 'nothing vouches for that'
	access dev='"overlay"' >"$BATS_TEST_TMPDIR/log"
	run -1 ipe-status -d "$BATS_TEST_TMPDIR/log"
	assert_output --partial 'the layer that the file is on'
}

@test "what a rule denies by name gets no rule that allows it" {
	{
		access rule='"op=EXECUTE dmverity_signature=FALSE action=DENY"'
		access rule='"op=EXECUTE boot_verified=FALSE action=DENY"' dev='"rootfs"'
		access rule='"op=KMODULE dmverity_roothash=sha256:AB action=DENY"' op=KMODULE path=?
	} >"$BATS_TEST_TMPDIR/log"
	denials 1 "$BATS_TEST_TMPDIR/log"
	run grep '^  ' <<<"$all"
	local words='    a rule of the policy denies it by name: change that one if it should run'
	assert_output "$words
$words
$words"
}

@test "what is only good for some other policy does not stand as a rule" {
	denials 1 dmesg.txt
	run -0 grep -A1 'KMODULE is$' <<<"$all"
	assert_line --index 1 '    DEFAULT op=KMODULE action=ALLOW'
	refute [ -n "$(grep '^     ' <<<"$all")" ]
	run grep -A2 'dummy.ko" on rootfs' <<<"$all"
	assert_line --index 1 "    the file is one of the initramfs's. After the real root was entered nothing there should run."
}

@test "a million lines of others' hide no record" {
	awk 'BEGIN { for (i = 0; i < 1000000; i++) print "[  1.0] noise type= audit( " i " rule=\"x\"" }
		1' <(
		access
		access
		access path='"/b"'
	) >"$BATS_TEST_TMPDIR/log"
	denials 1 "$BATS_TEST_TMPDIR/log"
	assert_line --index 0 --partial '2 denied: EXECUTE of "/a"'
	assert_line --index 1 --partial '1 denied: EXECUTE of "/b"'
	assert_equal "${#lines[@]}" 2
}

@test "100,000 records are counted, up to 1,024 kinds of them" {
	access | awk '{ for (i = 0; i < 100000; i++) {
		line = $0; sub(/"\/a"/, "\"/file-" i % 1124 "\"", line); print line } }' >"$BATS_TEST_TMPDIR/log"
	denials 1 "$BATS_TEST_TMPDIR/log"
	assert_equal "${#lines[@]}" 1025
	assert_equal "${lines[1024]}" '8864 more, of kinds beyond the first 1024'
	run awk '{ all += $1 } END { print all }' <<<"$output"
	assert_output 100000
}

# instructions: how many ipe-status -d executes for the log on standard input.
instructions() {
	local file=$BATS_TEST_TMPDIR/callgrind
	valgrind --tool=callgrind --callgrind-out-file="$file" "$BUILD/ipe-status" -d - >/dev/null 2>"$file.log" || :
	sed -n 's/^\(summary\|totals\): //p' "$file" | head -n 1
}

@test "ten times the records cost ten times the work, whatever kinds they are of" {
	local kinds small large
	for kinds in 1 1000 1000000; do
		for count in 1000 10000; do
			access | awk -v count="$count" -v kinds="$kinds" '{ for (i = 0; i < count; i++) {
				line = $0; sub(/"\/a"/, "\"/file-" i % kinds "\"", line); print line } }' |
				instructions >"$BATS_TEST_TMPDIR/$count"
		done
		small=$(<"$BATS_TEST_TMPDIR/1000")
		large=$(<"$BATS_TEST_TMPDIR/10000")
		echo "# $small for 1000 records, $large for 10000, of $kinds kinds at most"
		((small > 1000 && large <= 12 * small))
	done
}

@test "long paths leave room for less kinds, and none is lost" {
	access | awk '{ long = sprintf("%04000d", 0); for (i = 0; i < 1000; i++) {
		line = $0; sub(/"\/a"/, "\"/" long i "\"", line); print line } }' >"$BATS_TEST_TMPDIR/log"
	denials 1 "$BATS_TEST_TMPDIR/log"
	assert_equal "${#lines[@]}" 260
	assert_line --index 259 --regexp '^741 more, of kinds beyond the first 259$'
}

@test "a line of any length is read, and the one behind it" {
	{
		printf '[  1.0] '
		head -c 3000000 /dev/zero | tr '\0' x
		echo
		access
		access path="$(head -c 3000000 /dev/zero | tr '\0' A)"
		access path='"/b"'
		access path='"/c"' | tr -d '\n'
	} >"$BATS_TEST_TMPDIR/log"
	denials 1 "$BATS_TEST_TMPDIR/log"
	assert_equal "${#lines[@]}" 4
	assert_line --partial '1 denied: EXECUTE of "/a"'
	assert_line --partial '1 denied: EXECUTE of "/b"'
	assert_line --partial '1 denied: EXECUTE of "/c"'
	assert_line --partial '1 perhaps denied (the record is cut off): EXECUTE of "\xaa\xaa'
}

@test "-q only has a status" {
	run -1 ipe-status -dq dmesg.txt
	refute_output
	run -0 ipe-status -dq /dev/null
	refute_output
	run -1 ipe-status -qd /nowhere
	assert_output 'ipe-status: /nowhere: cannot be read: it does not exist'
}

@test "a log that cannot be read is said, and status 1" {
	run -1 ipe-status -d .
	assert_output 'ipe-status: .: cannot be read: is a directory'
	# shellcheck disable=SC2016 # the inner shell's
	run -1 bash -c 'ipe-status -d dmesg.txt >/dev/full'
	assert_output 'ipe-status: standard output: cannot be written'
	run -1 bash -c 'ipe-status -d - <&-'
	assert_output 'ipe-status: -: cannot be read: not open'
}

@test "-d with -v, or with two files, is wrong usage" {
	run -2 ipe-status -dv
	run -2 ipe-status -d dmesg.txt kmsg.txt
}

@test "what a record does not tell is a question mark, and memory is only where memory can be" {
	access op='"EXECUTE"' path='"/memfd:x"' dev=? >"$BATS_TEST_TMPDIR/log"
	run ipe-status -d "$BATS_TEST_TMPDIR/log"
	assert_line --index 0 --partial ': ? of "/memfd:x" on ? by "sh"'
	access path='"/memfd:x"' dev='"sda1"' >"$BATS_TEST_TMPDIR/log"
	run ipe-status -d "$BATS_TEST_TMPDIR/log"
	refute_output --partial 'memory that the program made'
}
