#!/usr/bin/env bats
#
# load.bats - loading and activating policies on the real kernel
#
# One boot. The steps build on each other: policies stay loaded, and the active one's version only
# grows.
#
# SPDX-License-Identifier: MIT

# The steps are scripts of the guest.
# shellcheck disable=SC2016

bats_require_minimum_version 1.5.0
load lib

# text NAME VERSION [LINE]...: a policy that denies nothing, unless LINEs say so.
text() {
	printf 'policy_name=%s policy_version=%s\nDEFAULT action=ALLOW\n' "$1" "$2"
	shift 2
	(($# == 0)) || printf '%s\n' "$@"
}

# add PATH NAME VERSION [LINE]...: the same signed, at PATH in the tree.
add() {
	local path=$1
	shift
	text "$@" >"$VM_DIR/policy.pol"
	sign_policy "$VM_DIR/policy.pol" "$VM_DIR/policy.p7b"
	vm_add_file "$VM_DIR/policy.p7b" "$path"
}

# refused NAME: a step that loads /refused/NAME, with the state of the kernel before and after.
refused() {
	vm_step "refused-$1" <<-END
		state >/tmp/before
		ipe-load /refused/$1
		status=\$?
		state | diff /tmp/before - >&2 || exit 99
		exit \$status
	END
}

# large OUT SIZE: a signed policy of exactly SIZE bytes.
large() {
	local pad=60000 size=0 tries
	for tries in {1..20}; do
		{
			text large 0.1.0
			head -c "$pad" /dev/zero | tr '\0' '#' | fold -w 99
			echo
		} >"$VM_DIR/large.pol"
		sign_policy "$VM_DIR/large.pol" "$1"
		size=$(stat -c %s "$1")
		((size != $2)) || return 0
		pad=$((pad + $2 - size))
	done
	echo "no message of $2 bytes after $tries tries: $size" >&2
	return 1
}

setup_file() {
	local here=$VM_DIR name
	mkdir -p "$here"
	make -s -C "$VM_TOP" BUILD="$BUILD" all
	text embedded 3.0.0 >"$here/embedded.pol"
	sign_policy "$here/embedded.pol" "$here/embedded.p7b"
	make -s -C "$VM_TOP" BUILD="$here/embedding" POLICY="$here/embedded.p7b"

	vm_tree load
	vm_add_driver
	vm_add_file "$BUILD/ipe-load" /usr/sbin/ipe-load
	ln -s ipe-load "$TREE/usr/sbin/ipe-status"
	vm_add_file "$here/embedding/ipe-load" /usr/sbin/ipe-embedded
	vm_add_program strace
	vm_add_text /vm/state.sh <<-'END'
		# state: every policy with its version and whether it is active.
		state() {
			mkdir -p /mnt/security
			mount -t securityfs none /mnt/security || return 1
			for policy in /mnt/security/ipe/policies/*; do
				[ -d "$policy" ] || continue
				echo "${policy##*/} $(cat "$policy/version") $(cat "$policy/active")"
			done
			umount /mnt/security
		}
	END
	cat "$TREE/vm/state.sh" >>"$TREE/vm/lib.sh"

	# --- an odd name, no /sys, nothing left behind
	add /policies/other.p7b Zebra+v2.final@site 0.1.0 'DEFAULT op=EXECUTE action=DENY' \
		'op=EXECUTE boot_verified=TRUE action=ALLOW'
	vm_step odd-name <<<'ipe-load /policies/other.p7b'
	vm_step odd-name-mounts <<-'END'
		mkdir -p /proc
		mount -t proc proc /proc
		cat /proc/mounts
		umount /proc
	END
	vm_step odd-name-state <<<state
	vm_step odd-name-tmpfs <<-'END'
		mkdir -p /mnt/tmp
		mount -t tmpfs tmpfs /mnt/tmp
		cp /vm/bin/hello /mnt/tmp/
		/mnt/tmp/hello
	END

	# --- again, newer, older, the same signed anew, another of the same version
	vm_step again <<-'END'
		state >/tmp/before
		ipe-load /policies/other.p7b || exit
		state | diff /tmp/before -
	END
	add /policies/newer.p7b Zebra+v2.final@site 0.1.1
	vm_step newer <<<'ipe-load /policies/newer.p7b && state'
	vm_step older <<<'ipe-load /policies/other.p7b; status=$?; state; exit $status'
	sign_policy "$here/policy.pol" "$here/anew.p7b" -md sha512
	vm_add_file "$here/anew.p7b" /policies/anew.p7b
	vm_step anew <<<'ipe-load /policies/anew.p7b && state'
	add /policies/different.p7b Zebra+v2.final@site 0.1.1 'DEFAULT op=POLICY action=ALLOW'
	vm_step different <<<'ipe-load /policies/different.p7b; status=$?; state; exit $status'

	# --- several, one of them broken
	add /several/a.p7b several-a 0.2.0
	add /several/c.p7b several-c 0.2.0
	head -c 300 "$here/policy.p7b" >"$here/cut.p7b"
	vm_add_file "$here/cut.p7b" /several/cut.p7b
	text several-b 0.2.0 >"$here/b.pol"
	sign_policy_as untrusted "$here/b.pol" "$here/b.p7b"
	vm_add_file "$here/b.p7b" /several/untrusted.p7b
	vm_step several-cut <<-'END'
		cd /several
		ipe-load a.p7b cut.p7b c.p7b
		status=$?
		state
		exit $status
	END
	vm_step several-untrusted <<-'END'
		cd /several
		ipe-load a.p7b untrusted.p7b c.p7b
		status=$?
		state
		exit $status
	END
	vm_step several-good <<<'cd /several; ipe-load a.p7b c.p7b && state'

	# --- two that contradict each other, the first newer than what is active
	add /twice/a.p7b several-c 0.2.1
	add /twice/b.p7b several-c 0.2.1 'DEFAULT op=POLICY action=ALLOW'
	vm_step contradiction <<<'cd /twice; ipe-load a.p7b b.p7b; status=$?; state; exit $status'
	vm_step contradiction-exclusive <<<'cd /twice; ipe-load -x a.p7b b.p7b; status=$?; state; exit $status'
	vm_step contradiction-none <<<'cd /several; ipe-load -q c.p7b a.p7b c.p7b && state'
	# The difference of their names is that of their versions.
	add /alike/a.p7b ax 0.1.0
	add /alike/b.p7b bx 0.1.1
	vm_step alike <<-'END'
		cd /alike
		ipe-load a.p7b b.p7b -a several-c
		status=$?
		state
		for name in ax bx; do
			echo 1 >$ipe/policies/$name/delete
		done
		exit $status
	END

	# --- a machine that is sealed already
	vm_step sealed-again <<<'drop mac_admin -- ipe-load -x /several/c.p7b; state'
	vm_step sealed-active <<-'END'
		state >/tmp/before
		drop mac_admin -- ipe-load /several/a.p7b /several/c.p7b
		status=$?
		state | diff /tmp/before -
		exit $status
	END

	# --- nobody reads standard error any more
	vm_step broken-pipe <<-'END'
		{
			sleep 1
			ipe-load /refused/detached
			echo $? >/tmp/status
		} 2>&1 | :
		dmesg | tail -n 3
		exit $(cat /tmp/status)
	END

	# --- somebody else is quicker: what would be there a moment later is hidden from one look
	add /race/a.p7b race 0.1.5
	add /race/b.p7b race 0.1.6
	vm_step race-loaded <<-'END'
		ipe-load -q -a several-c /race/a.p7b || exit
		# The fourth openat is the look at the policy's version.
		strace -o /tmp/trace -e trace=openat,write -e inject=openat:error=ENOENT:when=4 \
			ipe-load -a several-c /race/a.p7b
		status=$?
		cat /tmp/trace
		exit $status
	END
	vm_step odd-errors <<-'END'
		strace -o /tmp/trace -e inject=openat:error=524 ipe-load /p.p7b
		strace -o /tmp/trace -e inject=openat:error=100 ipe-load /p.p7b
	END
	vm_step race-deleted <<-'END'
		# The fifth openat is that of the policy's update.
		strace -o /tmp/trace -e trace=openat,write -e inject=openat:error=ENOENT:when=5 \
			ipe-load -a several-c /race/b.p7b
		status=$?
		cat /tmp/trace
		state
		exit $status
	END

	# --- a policy whose version is in the way
	add /policies/low.p7b low 0.0.1
	vm_step in-the-way <<<'ipe-load /policies/low.p7b; status=$?; state; exit $status'

	# --- the largest
	large "$here/large.p7b" 65535
	cp "$here/large.p7b" "$here/larger.p7b"
	printf '\0' >>"$here/larger.p7b"
	vm_add_file "$here/large.p7b" /policies/large.p7b
	vm_add_file "$here/larger.p7b" /policies/larger.p7b
	vm_step largest <<-'END'
		ipe-load -q /policies/large.p7b
		state
	END
	vm_step too-large <<<'strace -o /tmp/trace ipe-load /policies/larger.p7b; status=$?; grep write /tmp/trace; exit $status'

	# --- what is refused, each with its cause
	mkdir -p "$TREE/refused"
	local refused=$TREE/refused plain=$here/refused.pol
	text refused 0.9.0 >"$plain"
	local key cert
	key=$(key_file trusted) cert=$(cert_file trusted)
	sign_policy_as untrusted "$plain" "$refused/untrusted"
	sign_policy_as untrusted-leaf "$plain" "$refused/untrusted-leaf"
	sign_policy "$plain" "$refused/changed"
	LC_ALL=C sed -i 's/policy_version=0.9.0/policy_version=0.9.1/' "$refused/changed"
	openssl smime -sign -binary -nodetach -outform der -signer "$cert" -inkey "$key" \
		-in "$plain" -out "$refused/smime-capabilities"
	openssl cms -sign -binary -noattr -nodetach -stream -outform der -signer "$cert" -inkey "$key" \
		-in "$plain" -out "$refused/stream"
	openssl smime -sign -binary -noattr -outform der -signer "$cert" -inkey "$key" \
		-in "$plain" -out "$refused/detached"
	openssl smime -sign -binary -noattr -nodetach -outform pem -signer "$cert" -inkey "$key" \
		-in "$plain" -out "$refused/pem"
	openssl smime -sign -binary -noattr -nodetach -outform smime -signer "$cert" -inkey "$key" \
		-in "$plain" -out "$refused/smime"
	openssl cms -sign -binary -noattr -nodetach -outform der -signer "$cert" -inkey "$key" \
		-keyopt rsa_padding_mode:pss -in "$plain" -out "$refused/pss"
	sign_policy_as leaf-rsa2048 "$plain" "$refused/nocerts" -nocerts
	cp "$plain" "$refused/plain"
	: >"$refused/empty"
	head -c 700 /dev/urandom >"$refused/random"
	local bad=(
		'slash|a/b 0.9.0' 'dots|.. 0.9.0' 'dot|. 0.9.0' "long|$(printf '%0300d' 0) 0.9.0"
		'version-two|refused 1.2' 'version-four|refused 1.2.3.4' 'version-large|refused 1.2.70000'
		'version-word|refused 1.x.3'
	)
	for name in "${bad[@]}"; do
		# shellcheck disable=SC2086 # name and version
		text ${name#*|} >"$here/bad.pol"
		sign_policy "$here/bad.pol" "$refused/${name%%|*}"
	done
	text refused 0.9.0 'op=EXEC action=ALLOW' >"$here/bad.pol"
	sign_policy "$here/bad.pol" "$refused/operation"
	for name in untrusted untrusted-leaf changed smime-capabilities stream detached pem smime pss \
		nocerts plain empty random slash dots dot long version-two version-four version-large \
		version-word operation missing fifo directory; do
		refused "$name"
	done
	mkdir "$refused/directory"
	mkfifo "$refused/fifo"
	sign_policy "$plain" "$here/good.p7b"
	vm_add_file "$here/good.p7b" /policies/good.p7b 600
	chown 1:1 "$TREE/policies/good.p7b"
	vm_step refused-unreadable <<<'chown 1 /policies/good.p7b; drop dac_override dac_read_search -- ipe-load /policies/good.p7b'
	vm_step truncated 200 <<-'END'
		state >/tmp/before
		size=$(stat -c %s /policies/good.p7b)
		length=0
		while [ $length -lt $size ]; do
			head -c $length /policies/good.p7b >/tmp/cut.p7b
			ipe-load /tmp/cut.p7b 2>/tmp/said
			echo "$length $? $(wc -l </tmp/said) $(cat /tmp/said)"
			length=$((length + 10))
		done
		state | diff /tmp/before -
	END

	# --- what is missing
	vm_step no-mac-admin <<<'drop mac_admin -- ipe-load /policies/good.p7b'
	vm_step no-mac-admin-activate <<<'drop mac_admin -- ipe-load -a several-a'
	vm_step no-sys-admin <<<'drop sys_admin -- ipe-load /policies/good.p7b'
	vm_step sys-admin-not-needed <<-'END'
		mount_all
		drop sys_admin -- ipe-load /several/a.p7b
		status=$?
		umount /sys/kernel/security /sys /proc
		exit $status
	END
	vm_step closed-failure <<-'END'
		state >/tmp/before
		closefds ipe-load /refused/untrusted
		status=$?
		state | diff /tmp/before - || exit 99
		dmesg | tail -n 5
		exit $status
	END
	vm_step closed-success <<-'END'
		closefds ipe-load /several/a.p7b
		status=$?
		state
		dmesg | tail -n 5
		exit $status
	END
	vm_step closed-no-dev <<-'END'
		mv /dev /dev.away
		/vm/bin/closefds ipe-load /refused/detached
		status=$?
		mv /dev.away /dev
		dmesg | tail -n 3
		exit $status
	END

	# --- directories
	for name in etc/ipe/b run/ipe/b usr/lib/ipe/a usr/local/lib/ipe/c usr/lib/ipe/c; do
		add "/dirs/$name.p7b" "${name//\//-}" 0.3.0
	done
	add /dirs/usr/lib/ipe/z-masked.p7b masked 0.3.0
	add /dirs/usr/lib/ipe/y-masked.p7b masked-in-run 0.3.0
	add /dirs/usr/lib/ipe/.hidden.p7b hidden 0.3.0
	add /dirs/usr/lib/ipe/other.suffix other-suffix 0.3.0
	add /dirs-initrd/etc/ipe/initrd/i.p7b in-initrd 0.3.0
	vm_step directories <<-'END'
		cp -a /dirs/. /
		ln -s /dev/null /etc/ipe/z-masked.p7b
		ln -s /dev/null /run/ipe/y-masked.p7b
		mv /usr/local/lib/ipe/c.p7b /usr/local/lib/ipe/linked
		ln -s linked /usr/local/lib/ipe/c.p7b
		ipe-load || exit
		state
	END
	vm_step directories-initrd-ignored <<-'END'
		cp -a /dirs-initrd/. /
		ipe-load -n
	END
	vm_step directories-initrd <<<'ipe-load -i -n'
	vm_step directories-initrd-loads <<-'END'
		strace -o /tmp/trace ipe-load -i || exit
		state
		sed '/active", O_RDWR/ { n; q; }' /tmp/trace
	END
	vm_step directories-dry <<-'END'
		add=/etc/ipe/new.p7b
		cp /policies/good.p7b $add
		state >/tmp/before
		strace -f -o /tmp/trace ipe-load -n || exit
		rm $add
		state | diff /tmp/before - || exit 99
		grep -c security /tmp/trace
		exit 0
	END
	vm_step activate-name <<<'ipe-load -a etc-ipe-b && state'
	vm_step activate-loaded <<<'ipe-load -a several-a /several/c.p7b; status=$?; state; exit $status'
	vm_step activate-unknown <<<'ipe-load -a nobody /several/c.p7b'
	vm_step exclusive <<-'END'
		ipe-load -x || exit
		state
	END
	vm_step fifo-in-directory <<-'END'
		mkfifo /etc/ipe/x.p7b
		ipe-load
		status=$?
		rm /etc/ipe/x.p7b
		exit $status
	END
	vm_step empty-in-directory <<-'END'
		: >/etc/ipe/x.p7b
		state >/tmp/before
		ipe-load
		status=$?
		rm /etc/ipe/x.p7b
		state | diff /tmp/before - >&2 || exit 99
		exit $status
	END
	vm_step dangling-in-directory <<-'END'
		ln -s nowhere /etc/ipe/x.p7b
		ipe-load
		status=$?
		rm /etc/ipe/x.p7b
		exit $status
	END
	vm_step no-policy <<<'rm -r /etc/ipe /run/ipe /usr/lib/ipe /usr/local/lib/ipe; ipe-load'
	vm_step no-policy-required <<<'ipe-load -r'

	# --- embedded, and what it costs
	vm_step embedded <<-'END'
		strace -o /tmp/trace ipe-embedded
		status=$?
		cat /tmp/trace
		exit $status
	END
	vm_step embedded-state <<<state
	vm_step embedded-directories <<-'END'
		mkdir -p /etc/ipe
		cp /several/a.p7b /etc/ipe/
		ipe-embedded -x && state
	END
	vm_boot --timeout 240
}

@test "the machine ran all steps" {
	assert_ended off
	step embedded-directories
}

@test "a policy with an odd name, in a file named otherwise, is active without /sys" {
	step odd-name
	assert_success
	assert_stderr 'ipe-load: policy Zebra+v2.final@site 0.1.0 is active and enforced'
	step odd-name-state
	assert_output 'Zebra+v2.final@site 0.1.0 1'
}

@test "nothing is left mounted" {
	step odd-name-mounts
	refute_output --partial securityfs
	assert_equal "${#lines[@]}" 2
}

@test "a program copied to tmpfs is denied" {
	step odd-name-tmpfs
	assert_failure 126
	assert_stderr --partial 'Permission denied'
}

@test "loading it again succeeds and changes nothing" {
	step again
	assert_success
	refute_output
}

@test "a newer version is an update, and stays active" {
	step newer
	assert_success
	assert_output 'Zebra+v2.final@site 0.1.1 1'
}

@test "an older version is not loaded, which is said and no failure" {
	step older
	assert_success
	assert_stderr --partial 'version 0.1.0 is not newer than 0.1.1'
	assert_output 'Zebra+v2.final@site 0.1.1 1'
}

@test "the same text signed anew is the same policy" {
	step anew
	assert_success
	assert_output 'Zebra+v2.final@site 0.1.1 1'
}

@test "another text with the same version is an error and changes nothing" {
	step different
	assert_failure 1
	assert_stderr --partial 'policies/different.p7b: '
	assert_stderr --partial 'same version 0.1.1'
	assert_output 'Zebra+v2.final@site 0.1.1 1'
}

@test "with one policy cut short none of several is even loaded" {
	step several-cut
	assert_failure 1
	assert_stderr --regexp '^ipe-load: cut.p7b: '
	assert_output 'Zebra+v2.final@site 0.1.1 1'
}

@test "with one policy untrusted none of several is activated" {
	step several-untrusted
	assert_failure 1
	assert_stderr --regexp '^ipe-load: untrusted.p7b: the kernel trusts no key that signed it'
	assert_line 'Zebra+v2.final@site 0.1.1 1'
	refute_line --partial 'several-c'
	refute_line --regexp '^several.* 1$'
}

@test "of several good policies the last is activated" {
	step several-good
	assert_success
	assert_line 'several-a 0.2.0 0'
	assert_line 'several-c 0.2.0 1'
	assert_line 'Zebra+v2.final@site 0.1.1 0'
}

@test "two that have one name and version and not one text are refused before the first is loaded" {
	for name in contradiction contradiction-exclusive; do
		step "$name"
		assert_failure 1
		assert_stderr --partial 'b.p7b: another policy several-c with the same version 0.2.1'
		assert_line 'several-c 0.2.0 1'
		assert_line 'Zebra+v2.final@site 0.1.1 0'
	done
}

@test "the same policy twice is no contradiction" {
	step contradiction-none
	assert_success
	assert_line 'several-c 0.2.0 1'
}

@test "two policies of similar names and versions are no contradiction" {
	step alike
	assert_success
	assert_line 'ax 0.1.0 0'
	assert_line 'bx 0.1.1 0'
}

@test "on a sealed machine what is loaded and active is no failure, and what is not is one" {
	step sealed-active
	assert_success
	refute_output
	step sealed-again
	assert_stderr --partial 'cannot be deleted'
}

@test "with nobody to read standard error the message reaches the kernel's log" {
	step broken-pipe
	assert_failure 1
	assert_output --partial 'ipe-load: /refused/detached: detached'
}

@test "a policy that somebody else loads at the same time is no failure" {
	step race-loaded
	assert_line --regexp 'version", .*\(INJECTED\)'
	assert_line --partial 'EEXIST'
	assert_success
}

@test "an error that has no words here is told by its number" {
	step odd-errors
	assert_failure 1
	assert_stderr --partial 'errno 524'
	assert_stderr --partial 'errno 100'
}

@test "a policy that somebody else deletes and loads again at the same time is no failure" {
	step race-deleted
	assert_line --regexp 'update", .*\(INJECTED\)'
	assert_line 'race 0.1.6 0'
	assert_success
}

@test "a policy with a lower version than the active one is not activated, and says which is in the way" {
	step in-the-way
	assert_failure 1
	assert_stderr --partial 'policy low: '
	assert_stderr --partial 'several-c'
	assert_stderr --partial '0.2.0'
	assert_line 'several-c 0.2.0 1'
}

@test "a message of 65,535 bytes is loaded" {
	step largest
	assert_line 'large 0.1.0 0'
}

@test "a message of 65,536 bytes is refused before anything is written" {
	step too-large
	assert_failure 1
	assert_stderr --regexp '^ipe-load: /policies/larger.p7b: .*65,535'
	refute_output --regexp 'write\([^2]'
}

# assert_refused NAME WORDS: status 1, no policy changed, one line that names file and cause.
assert_refused() {
	step "refused-$1"
	assert_failure 1
	assert_stderr --regexp "^ipe-load: /refused/$1: .*$2"
	assert_equal "$(wc -l <"$(step_file "refused-$1" err)")" 1
}

@test "a signer that is not trusted is refused by that name" {
	assert_refused untrusted 'the kernel trusts no key that signed it'
	assert_refused untrusted-leaf 'the kernel trusts no key that signed it'
}

@test "a policy changed after it was signed is refused by that name" {
	assert_refused changed 'changed after it was signed'
}

@test "S/MIME capabilities are refused with the cure" {
	assert_refused smime-capabilities '-nosmimecap'
}

@test "a streamed message is refused with the cure" {
	assert_refused stream '-stream'
}

@test "a detached signature is refused with the cure" {
	assert_refused detached '-nodetach'
}

@test "PEM is refused with the cure" {
	assert_refused pem '-outform der'
}

@test "an S/MIME mail is refused with the cure" {
	assert_refused smime '-outform der'
}

@test "RSA-PSS is refused by that name" {
	assert_refused pss 'PSS'
}

@test "a leaf's signature without its certificate is refused with the cure" {
	assert_refused nocerts 'nocerts'
}

@test "a plain policy is refused as not signed" {
	assert_refused plain 'sign'
}

@test "an empty file and random bytes are refused" {
	assert_refused empty 'empty'
	assert_refused random ''
}

@test "a name that cannot be a directory is refused before anything is written" {
	assert_refused slash 'policy_name "a/b"'
	assert_refused dots 'policy_name "\.\."'
	assert_refused dot 'policy_name "\."'
	assert_refused long 'policy_name "0000'
}

@test "a version that is none is refused with the line" {
	assert_refused version-two 'line 1: expected three numbers'
	assert_refused version-four 'line 1: expected three numbers'
	assert_refused version-large 'line 1: .*65535'
	assert_refused version-word 'line 1: expected a number, not "x"'
}

@test "an operation that does not exist is refused with line and word" {
	assert_refused operation 'line 3: unknown operation "EXEC"'
}

@test "a missing file, a FIFO and a directory are refused and never block" {
	assert_refused missing 'does not exist'
	assert_refused fifo 'FIFO'
	assert_refused directory 'a directory'
}

@test "a file that may not be read is refused" {
	step refused-unreadable
	assert_failure 1
	assert_stderr --regexp '^ipe-load: /policies/good.p7b: .*permission denied'
}

@test "a message cut at any tenth byte is refused and changes nothing" {
	step truncated
	assert_success
	assert [ "${#lines[@]}" -gt 100 ]
	# length, status, lines of message, message
	run -0 awk '$2 != 1 || $3 != 1 || $5 != "/tmp/cut.p7b:"' "$(step_file truncated out)"
	refute_output
}

@test "without CAP_MAC_ADMIN that is what is missing" {
	step no-mac-admin
	assert_failure 1
	assert_stderr --partial CAP_MAC_ADMIN
	step no-mac-admin-activate
	assert_failure 1
	assert_stderr --partial CAP_MAC_ADMIN
}

@test "without CAP_SYS_ADMIN and securityfs not mounted that is what is missing" {
	step no-sys-admin
	assert_failure 1
	assert_stderr --partial CAP_SYS_ADMIN
}

@test "with securityfs mounted CAP_SYS_ADMIN is not needed" {
	step sys-admin-not-needed
	assert_success
}

@test "with all descriptors closed a failure's message reaches the kernel's log and no policy node" {
	step closed-failure
	assert_failure 1
	assert_output --partial 'ipe-load: /refused/untrusted: the kernel trusts no key'
}

@test "with all descriptors closed a policy is loaded all the same" {
	step closed-success
	assert_success
	assert_line 'several-a 0.2.0 1'
	assert_output --partial 'ipe-load: policy several-a 0.2.0 is active'
}

@test "the kernel's log is reached also without /dev" {
	step closed-no-dev
	assert_failure 1
	assert_output --partial 'ipe-load: /refused/detached: '
}

@test "policies of the directories are loaded, the first of a name, and the last one is activated" {
	step directories
	assert_success
	assert_line 'usr-lib-ipe-a 0.3.0 0'
	assert_line 'etc-ipe-b 0.3.0 0'
	assert_line 'usr-local-lib-ipe-c 0.3.0 1'
	refute_line --partial run-ipe-b
	refute_line --partial usr-lib-ipe-c
}

@test "masked, hidden and otherwise named files are not loaded" {
	step directories
	refute_line --partial masked
	refute_line --partial masked-in-run
	refute_line --partial hidden
	refute_line --partial other-suffix
}

@test "ipe/initrd/ comes before ipe/, in initramfs mode only" {
	step directories-initrd-ignored
	assert_success
	refute_output --partial in-initrd
	assert_output --partial usr-local-lib-ipe-c
	step directories-initrd
	assert_success
	assert_output --partial in-initrd
	refute_output --partial usr-local-lib-ipe-c
	step directories-initrd-loads
	assert_success
	assert_line 'in-initrd 0.3.0 1'
}

@test "a policy that is alone in the directories is read once" {
	local trace
	step directories-initrd-loads
	trace=$(step_file directories-initrd-loads out)
	calls=$(grep -c '^[a-z0-9_]*(' "$trace")
	echo "# $calls system calls from exec to the activation" >&3
	assert_equal "$(grep -c '/i.p7b", .*O_NONBLOCK' "$trace")" 1
	# 45, and 5 since neither proc nor securityfs is mounted there.
	assert [ "$calls" -le 50 ]
	assert [ "$calls" -gt 20 ]
}

@test "a dry run checks and changes nothing, and does not even look at IPE" {
	step directories-dry
	assert_success
	assert_line --partial 'refused 0.9.0'
	assert_line --index "$((${#lines[@]} - 1))" 0
}

@test "-a activates another than the last" {
	step activate-name
	assert_success
	assert_line 'etc-ipe-b 0.3.0 1'
	step activate-unknown
	assert_failure 1
	assert_stderr --partial 'policy nobody: '
}

@test "-x deletes every other policy" {
	step exclusive
	assert_success
	assert_output 'usr-local-lib-ipe-c 0.3.0 1'
}

@test "what is no regular file in a directory is an error that names it" {
	step fifo-in-directory
	assert_failure 1
	assert_stderr --partial '/etc/ipe/x.p7b: is a FIFO'
	step dangling-in-directory
	assert_failure 1
	assert_stderr --partial '/etc/ipe/x.p7b: is a link to nothing'
}

@test "an empty file in the directories is an error that says how to mask, and nothing is loaded" {
	step empty-in-directory
	assert_failure 1
	assert_stderr --partial '/etc/ipe/x.p7b: is empty (a link to /dev/null masks a policy)'
}

@test "no policy is status 3, and 1 when one is required" {
	step no-policy
	assert_failure 3
	step no-policy-required
	assert_failure 1
	assert_stderr --partial 'no policy'
}

@test "an embedded policy is loaded with at most 24 system calls" {
	step embedded
	assert_success
	assert_line --partial 'new_policy'
	# The last line is strace's own.
	calls=$(grep -c '^[a-z0-9_]*(' "$(step_file embedded out)")
	echo "# $calls system calls from exec to exit" >&3
	assert [ "$calls" -le 24 ]
	assert [ "$calls" -gt 10 ]
	step embedded-state
	assert_line 'embedded 3.0.0 1'
}

@test "embedded policies shut the directories out" {
	step embedded-directories
	assert_success
	assert_output 'embedded 3.0.0 1'
}
