#!/usr/bin/env bats
#
# forms.bats - which signed messages the kernel takes, and ipe-check's verdict beside the kernel's
#
# Every form is made with openssl here and written to new_policy, in one boot.
#
# SPDX-License-Identifier: MIT

load lib

# What only the kernel's cryptography or keyrings can tell: ipe-check takes these.
KEYRING='untrusted nocerts-leaf noext-leaf changed'
# What ipe-check takes for what it is, a policy that is not signed yet.
UNSIGNED=plain-text

# form NAME VERDICT: a message is expected in $DIR/NAME; VERDICT is what the kernel should say of
# it: ok, or the words of its errno.
form() {
	[[ -s $DIR/$1 || $1 == empty ]] || {
		echo "openssl made no $1" >&2
		return 1
	}
	printf '%s\t%s\n' "$1" "$2" >>"$VM_DIR/expected"
}

# text NAME: the policy for the form NAME.
text() {
	printf 'policy_name=%s policy_version=0.1.0\nDEFAULT action=ALLOW\n' "$1" >"$VM_DIR/$1.pol"
	printf '%s\n' "$VM_DIR/$1.pol"
}

# smime NAME VERDICT KEY [ARGUMENT]...: openssl smime in the good form, and arguments.
smime() {
	local name=$1 verdict=$2 key=$3
	shift 3
	openssl smime -sign -binary -noattr -nodetach -nosmimecap -outform der \
		-signer "$(cert_file "$key")" -inkey "$(key_file "$key")" -in "$(text "$name")" \
		-out "$DIR/$name" "$@" && form "$name" "$verdict"
}

# raw PROGRAM NAME VERDICT KEY [ARGUMENT]...: openssl smime or cms with these arguments only.
raw() {
	local program=$1 name=$2 verdict=$3 key=$4
	shift 4
	openssl "$program" -sign -signer "$(cert_file "$key")" -inkey "$(key_file "$key")" \
		-in "$(text "$name")" -out "$DIR/$name" "$@" && form "$name" "$verdict"
}

setup_file() {
	bats_require_minimum_version 1.5.0
	make -s -C "$VM_TOP" BUILD="$BUILD" all
	local key=trusted digest hash
	vm_tree forms
	vm_add_driver /init
	DIR=$TREE/forms
	mkdir -p "$DIR"
	: >"$VM_DIR/expected"
	local rejected='Key was rejected by service' bad='Bad message' nokey='Required key not available'
	local nopkg='Package not installed'

	smime plain-form ok $key
	raw smime crlf ok $key -noattr -nodetach -nosmimecap -outform der
	raw smime attributes ok $key -binary -nodetach -nosmimecap -outform der
	raw smime smime-capabilities "$rejected" $key -binary -nodetach -outform der
	raw cms cms-capabilities "$rejected" $key -binary -nodetach -outform der
	raw cms cms-noattr ok $key -binary -noattr -nodetach -outform der
	raw cms cms-attributes ok $key -binary -nosmimecap -nodetach -outform der
	raw cms cms-keyid ok $key -binary -noattr -nodetach -keyid -outform der
	smime nocerts-trusted ok $key -nocerts
	smime nocerts-leaf "$nokey" leaf-rsa2048 -nocerts
	smime leaf ok leaf-rsa2048
	raw cms leaf-attributes ok leaf-rsa2048 -binary -nosmimecap -nodetach -outform der
	smime noext-leaf "$nokey" leaf-noext
	smime expired ok leaf-expired
	raw cms expired-attributes "$rejected" leaf-expired -binary -nosmimecap -nodetach -outform der
	smime usage ok leaf-usage
	smime two-signers ok $key -signer "$(cert_file untrusted)" -inkey "$(key_file untrusted)"
	smime two-leaves ok leaf-p256 -signer "$(cert_file leaf-rsa2048)" \
		-inkey "$(key_file leaf-rsa2048)"
	raw cms stream "$rejected" $key -binary -noattr -nodetach -stream -outform der
	raw smime smime-stream "$rejected" $key -binary -noattr -nodetach -stream -outform der
	raw smime detached "$rejected" $key -binary -noattr -outform der
	raw smime pem "$bad" $key -binary -noattr -nodetach -outform pem
	raw smime smime-text "$bad" $key -binary -noattr -nodetach -outform smime
	cp "$(text plain-text)" "$DIR/plain-text"
	form plain-text "$bad"
	smime trailing ok $key
	printf 'more' >>"$DIR/trailing"
	smime changed "$rejected" $key
	LC_ALL=C sed -i 's/policy_version=0.1.0/policy_version=0.1.1/' "$DIR/changed"
	for hash in rsa2048 rsa4096 p256 p384 p521; do
		smime "key-$hash" ok "leaf-$hash"
	done
	raw cms pss "$nopkg" $key -binary -noattr -nodetach -keyopt rsa_padding_mode:pss -outform der
	raw cms pss-key "$nopkg" leaf-pss -binary -noattr -nodetach -outform der
	for digest in sha1 sha224 sha256 sha384 sha512 sha3-256 sha3-384 sha3-512; do
		raw cms "md-$digest" ok $key -binary -noattr -nodetach -md "$digest" -outform der
	done
	raw cms md-md5 "$nopkg" $key -binary -noattr -nodetach -md md5 -outform der
	smime untrusted "$nokey" untrusted
	openssl cms -encrypt -binary -aes256 -outform der -in "$(text enveloped)" -out "$DIR/enveloped" \
		"$(cert_file $key)"
	form enveloped 'Invalid argument'
	raw cms other-type 'Invalid argument' $key -binary -noattr -nodetach -econtent_type 1.2.3.4 -outform der
	openssl crl2pkcs7 -nocrl -certfile "$(cert_file $key)" -outform der -out "$DIR/certificates"
	form certificates "$bad"
	smime whole ok $key
	head -c 400 "$DIR/whole" >"$DIR/cut"
	form cut "$bad"
	head -c 900 /dev/urandom >"$DIR/random"
	form random "$bad"
	printf '\x30\x80' | cat - "$DIR/whole" >"$DIR/indefinite-outside"
	form indefinite-outside "$bad"

	vm_step write 120 <<-'END'
		mount_all
		for file in /forms/*; do
			said=$(dd if=$file of=$ipe/new_policy bs=70000 2>&1 >/dev/null) &&
				said=ok || said=$(echo "$said" | sed -n 's/^dd: .*: //p')
			printf '%s\t%s\n' "${file##*/}" "$said"
		done
	END
	vm_boot
}

@test "the kernel says of each form what is known of it" {
	step write
	assert_success
	run -0 wc -l <"$VM_DIR/expected"
	assert [ "$output" -ge 40 ]
	diff <(sort "$VM_DIR/expected") <(sort "$(step_file write out)")
}

@test "ipe-check's verdict of each form is the kernel's, but for what takes keys to know" {
	local name said verdict wrong=0
	while IFS=$'\t' read -r name said; do
		verdict=ok
		"$BUILD/ipe-check" -q "$VM_DIR/forms/tree/forms/$name" >/dev/null 2>&1 || verdict=refused
		[[ $said == ok || " $KEYRING $UNSIGNED " == *" $name "* ]] && said=ok || said=refused
		[[ $verdict == "$said" ]] || {
			echo "$name: the kernel: $said; ipe-check: $verdict"
			wrong=$((wrong + 1))
		}
	done <"$(VM_NAME=forms step_file write out)"
	assert_equal "$wrong" 0
}

@test "each form that ipe-check refuses is told with a cure or a reason" {
	local cure
	for cure in smime-capabilities:-nosmimecap detached:-nodetach pem:'-outform der' \
		smime-text:'-outform der' stream:-stream pss:PSS md-md5:'-md sha256'; do
		run -1 "$BUILD/ipe-check" "$VM_DIR/forms/tree/forms/${cure%%:*}"
		assert_output --partial "${cure#*:}"
	done
}

@test "a form that some kernels may not trust is warned of" {
	for name in nocerts-leaf noext-leaf; do
		run -0 "$BUILD/ipe-check" "$VM_DIR/forms/tree/forms/$name"
		assert_output --partial 'warning: '
	done
}
