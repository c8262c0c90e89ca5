#!/usr/bin/env bats
#
# verdicts.bats - what ipe-check says is what the kernel does
#
# In one boot the kernel is given hundreds of signed policies, half of them broken, and then lets
# programs run, or not, from six places under more than a hundred policies. In another, the same
# hundreds and the fuzzers' corpora go through ipe-load.
#
# SPDX-License-Identifier: MIT

load lib
load whole

TEXTS=450
BROKEN=160
DECIDE=120
SEED=${SEED:-20260101}

# sign_all TEXT.pol...: sign each, as TEXT.p7b, with a quick key.
sign_all() {
	local text cert key
	cert=$(cert_file leaf-p256) && key=$(key_file leaf-p256) || return 1
	for text; do
		openssl smime -sign -binary -noattr -nodetach -nosmimecap -outform der \
			-signer "$cert" -inkey "$key" -in "$text" -out "${text%.pol}.p7b" || return 1
	done
}

setup_file() {
	make -s -C "$VM_TOP" BUILD="$BUILD" all
	local dir=$VM_DIR name number
	rm -rf "$dir/texts" "$dir/decide"
	mkdir -p "$dir/texts" "$dir/decide" "$dir/files"
	cc -std=gnu11 -O1 -Wall -Wextra -Werror -I "$VM_TOP/applet" -o "$dir/host" "$VM_HERE/verdicts_host.c" \
		"$VM_TOP/tests/oracle/generate.c" "$VM_TOP"/applet/policy/*.c

	"$dir/host" texts "$TEXTS" "$SEED" "$dir/texts"
	number=0
	for name in / . .. a/b ... "$(printf '%0255d' 0)" "$(printf '%0256d' 0)"; do
		printf 'policy_name=%s policy_version=1.0.0\nDEFAULT action=ALLOW\n' "$name" \
			>"$dir/texts/name$number.pol"
		number=$((number + 1))
	done
	sign_all "$dir"/texts/*.pol
	# three of five are broken: half is enough
	"$dir/host" expect "$dir"/texts/*.p7b |
		awk -v broken="$BROKEN" '$2 && ++count > broken && /^[0-9]/ { print $1 }' |
		(cd "$dir/texts" && xargs rm)
	"$dir/host" decide "$DECIDE" "$SEED" "$dir/decide"
	sign_all "$dir"/decide/*.pol

	# the program: on dm-verity, and to be put on fs-verity, signed, by the guest
	mkdir -p "$dir/probe"
	cp "$(vm_cc hello)" "$dir/probe/hello"
	verity_image probe "$dir/probe"
	fsverity sign "$dir/probe/hello" "$dir/files/hello.sig" --key="$(key_file untrusted)" \
		--cert="$(cert_file untrusted)" >/dev/null
	openssl x509 -in "$(cert_file untrusted)" -outform der -out "$dir/files/untrusted.der"
	truncate -s 16M "$dir/files/fsverity.img"
	mkfs.ext4 -q -F -b 4096 -O verity "$dir/files/fsverity.img"

	vm_tree verdicts
	vm_add_driver
	vm_add_static verdicts
	vm_add_verity probe
	vm_add_program fsverity
	vm_add_file "$dir/files/hello.sig" /files/hello.sig
	vm_add_file "$dir/files/untrusted.der" /files/untrusted.der
	mkdir -p "$TREE/texts" "$TREE/decide"
	cp "$dir"/texts/*.p7b "$TREE/texts"
	cp "$dir"/decide/*.p7b "$TREE/decide"
	vm_step texts 120 <<<'mount_all && verdicts load /texts/*.p7b'
	vm_step places 60 <<-'END'
		cp /vm/bin/hello /tmp/hello
		verity_mount probe /dev/vda signed /signed
		verity_mount probe /dev/vdb plain /plain
		mkdir /fs
		mount -t ext4 /dev/vdc /fs
		cp /vm/bin/hello /fs/plain
		cp /vm/bin/hello /fs/signed
		verdicts key .fs-verity /files/untrusted.der
		fsverity enable /fs/plain
		fsverity enable /fs/signed --signature=/files/hello.sig
		for program in /vm/bin/hello /tmp/hello /signed/hello /plain/hello /fs/signed /fs/plain; do
			$program || exit
		done
	END
	# in the order of the table's columns
	vm_step decide 300 <<-'END'
		verdicts decide /vm/bin/hello /tmp/hello /signed/hello /plain/hello /fs/signed /fs/plain \
			-- /decide/*.p7b
	END
	vm_boot --disk "$dir/images/probe.img" --disk "$dir/images/probe.img" \
		--disk "$dir/files/fsverity.img" --timeout 400 --append audit=0

	# corpora: of texts also signed
	local corpus=$VM_TOP/tests/fuzz/corpus file
	rm -rf "$dir/all"
	mkdir -p "$dir/all"
	cp "$dir"/texts/*.p7b "$dir/all"
	for file in "$corpus"/pkcs7/*; do
		cp "$file" "$dir/all/pkcs7-${file##*/}"
	done
	for file in "$corpus"/text/*; do
		cp "$file" "$dir/all/text-${file##*/}"
		cp "$file" "$dir/all/signed-${file##*/}.pol"
	done
	sign_all "$dir"/all/signed-*.pol
	rm "$dir"/all/signed-*.pol
	whole_boot "$dir/all"
	vm_use verdicts
}

setup() {
	vm_use verdicts
}

# What ipe-check makes of each policy: "FILE 0 NAME VERSION" or "FILE bad".
ours() {
	local file line
	for file in "$VM_DIR"/texts/*.p7b; do
		if line=$("$BUILD/ipe-check" "$file" 2>/dev/null); then
			line=${line#"$file: "}
			echo "${file##*/} 0 ${line%%, *}"
		else
			echo "${file##*/} bad"
		fi
	done
}

@test "ipe-check accepts what the kernel accepts, and reads the same name and version" {
	step texts
	assert_success
	kernel=$(sed -E 's/^(\S+) [1-9][0-9]*$/\1 bad/' "$(step_file texts out)")
	count=$(wc -l <<<"$kernel")
	bad=$(grep -c ' bad$' <<<"$kernel")
	echo "# seed $SEED: $bad of $count policies are broken" >&3
	((count >= 300 && bad * 10 >= count * 4 && bad * 10 <= count * 6))
	diff <(ours) <(echo "$kernel")
}

@test "the kernel's errno is the one that the readers expect" {
	step texts
	assert_success
	errnos=$(cut -d ' ' -f 1,2 "$(step_file texts out)")
	diff <("$VM_DIR/host" expect "$VM_DIR"/texts/*.p7b) <(echo "$errnos")
	echo "# $(cut -d ' ' -f 2 <<<"$errnos" | sort | uniq -c | awk '{ printf "%s times %s  ", $1, $2 }')" >&3
	# EACCES, EINVAL, ERANGE, ENAMETOOLONG, EBADMSG have all come
	for errno in 0 13 22 34 36 74; do
		grep -q " $errno\$" <<<"$errnos" || fail "no errno $errno"
	done
}

@test "every place lets programs run without a policy" {
	step places
	assert_success
}

@test "ipe-check -v says what the kernel decides, from every place" {
	step decide
	assert_success
	kernel=$output
	assert_equal "$(wc -l <<<"$kernel")" "$DECIDE"
	for file in "$VM_DIR"/decide/*.p7b; do
		"$BUILD/ipe-check" -v "$file" 2>/dev/null | awk -v file="${file##*/}" \
			'/^EXECUTE / { print file, $2, $4, $6, $8, $10, $12 }'
	done >"$BATS_TEST_TMPDIR/ours"
	diff "$BATS_TEST_TMPDIR/ours" <(echo "$kernel")
	# It would mean little if a column were always the same, or the same as another.
	for column in 2 3 4 6; do
		for word in ALLOW deny; do
			count=$(cut -d ' ' -f "$column" <<<"$kernel" | grep -c "$word")
			echo "# place $((column - 1)): $count times $word" >&3
			((count >= 20))
		done
	done
	for pair in 2,3 3,4 3,6 4,6 2,4 2,6; do
		(($(cut -d ' ' -f "$pair" <<<"$kernel" | grep -c 'ALLOW deny\|deny ALLOW') >= 10))
	done
}

@test "each policy, and each file of the fuzzers' corpora, is either active or refused in one line" {
	whole_passed
}
