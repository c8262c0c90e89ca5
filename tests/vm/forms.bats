#!/usr/bin/env bats
#
# forms.bats - which signed messages the kernel takes, and our verdict beside the kernel's
#
# Every form is made here, by openssl or by hand around what openssl signed, and written to new_policy,
# in one boot. The message reader must say of each what the kernel says, errno and all, and
# ipe-check likewise, but for the forms that are named below with the reason.
#
# SPDX-License-Identifier: MIT

load lib
load whole

# Only the kernel's keyrings can tell that it trusts nobody who signed these.
KEYRING='untrusted nocerts-leaf noext-leaf keyid-leaf chain-incomplete noakid rsa2560-nocerts'
# Only cryptography can tell: the text was changed, another key signed.
CRYPTO='changed pss-key-nocerts'
# Only this kernel's configuration can tell: it knows these digests, but has not
# built them.
CONFIGURATION='sm3 streebog'
# The same since Linux 7.1: Debian's kernels have SHA-3 as a module since then.
SHA3='md-sha3-256 md-sha3-384 md-sha3-512 by-sha3-256'
# The kernel takes them and ipe-check does not: nothing writes such (applet/policy/pkcs7.c).
LAX='indefinite-envelope signers-in-sequence set-without-bit'
# Told as a stream, like every indefinite length, though these are broken besides.
STREAM='indefinite-outside two-bytes'
# What ipe-check takes for what it is, a policy that is not signed yet.
UNSIGNED='plain-text'

# form NAME VERDICT: a message is expected in $DIR/NAME; VERDICT is what the kernel should say of it:
# ok or an errno.
form() {
	[[ -e $DIR/$1 ]] || {
		echo "nothing made $1" >&2
		return 1
	}
	printf '%s %s\n' "$1" "$2" >>"$VM_DIR/expected"
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
	raw smime "$name" "$verdict" "$key" "${good[@]}" "$@"
}

# raw PROGRAM NAME VERDICT KEY [ARGUMENT]...: openssl smime or cms with these arguments only.
raw() {
	local program=$1 name=$2 verdict=$3 key=$4
	shift 4
	openssl "$program" -sign -outform der -signer "$(certificate "$key")" -inkey "$(private "$key")" \
		-in "$(text "$name")" -out "$DIR/$name" "$@" && form "$name" "$verdict"
}

good=(-binary -noattr -nodetach -nosmimecap)

# private NAME, certificate NAME: a key's files, made by leaf here or known to keys.bash.
private() {
	if [[ -e $VM_DIR/keys/$1.key ]]; then
		printf '%s\n' "$VM_DIR/keys/$1.key"
	else
		key_file "$1"
	fi
}

certificate() {
	if [[ -e $VM_DIR/keys/$1.pem ]]; then
		printf '%s\n' "$VM_DIR/keys/$1.pem"
	else
		cert_file "$1"
	fi
}

# leaf NAME ISSUER "EXTENSIONS" ALGORITHM [-pkeyopt OPTION]... [-- ARGUMENT...]: a key, and its
# certificate by ISSUER; arguments go to openssl x509. $subject is its name, if it is set.
leaf() {
	local name=$1 issuer=$2 extensions=$3 request=()
	shift 3
	while (($#)) && [[ $1 != -- ]]; do
		request+=("$1")
		shift
	done
	shift $(($# > 0))
	mkdir -p "$VM_DIR/keys"
	printf '%b' "$extensions" >"$VM_DIR/keys/$name.ext"
	openssl req -new -newkey "${request[@]}" -noenc -subj "${subject:-/CN=$name}" \
		-keyout "$VM_DIR/keys/$name.key" -out "$VM_DIR/keys/$name.csr" 2>/dev/null &&
		openssl x509 -req -in "$VM_DIR/keys/$name.csr" -CA "$(certificate "$issuer")" \
			-CAkey "$(private "$issuer")" -set_serial "0x$(openssl rand -hex 8)" -days 3650 \
			-extfile "$VM_DIR/keys/$name.ext" -out "$VM_DIR/keys/$name.pem" "$@" 2>/dev/null
}

# hex FILE, bytes HEX >FILE
hex() {
	od -An -v -tx1 "$1" | tr -d ' \n'
}

bytes() {
	# shellcheck disable=SC2059,SC2001 # the notation is wanted; a pattern cannot do it
	printf "$(sed 's/../\\x&/g' <<<"$1")"
}

# patch FROM NAME VERDICT BEFORE AFTER: the form FROM with these bytes changed where they are first.
patch() {
	local from=$1 name=$2 verdict=$3 before=${4// /} after=${5// /} whole at
	whole=$(hex "$DIR/$from")
	at=${whole%%"$before"*}
	[[ $at != "$whole" && $((${#at} % 2)) == 0 ]] || {
		echo "$from: no bytes $before" >&2
		return 1
	}
	bytes "$at$after${whole:${#at}+${#before}}" >"$DIR/$name" && form "$name" "$verdict"
}

# der TAG HEX: an element. $long: how many bytes its length takes at least (none: as many as usual).
long=
der() {
	local length
	printf -v length %02x $((${#2} / 2))
	((${#length} % 2)) && length=0$length
	while [[ -n $long ]] && ((${#length} < 2 * long)); do
		length=00$length
	done
	if [[ -n $long ]] || ((${#2} / 2 > 127)); then
		printf -v length '8%x%s' $((${#length} / 2)) "$length"
	fi
	printf %s "$1$length$2"
}

pkcs7=2a864886f70d0107
algorithms=31$(der 30 06096086480165030402010500 | sed 's/^30/0f30/')

# by_hand NAME VERDICT: a message around what the trusted key signed, from these variables: $content
# (ContentInfo), $before and $after the SignerInfos, $set (their tag), $signers.
by_hand() {
	bytes "$(der 30 "$(der 06 ${pkcs7}02)$(der a0 "$(der 30 \
		"$(der 02 01)$algorithms$content$before$(der "$set" "$signers")$after")")")" \
		>"$DIR/$1" && form "$1" "$2"
}

# element FILE DEPTH KIND: the last element of that kind in a message, in hexadecimal: what is in it.
element() {
	local offset header
	read -r offset header < <(openssl asn1parse -inform der -in "$1" |
		sed -n "s/^ *\([0-9]*\):d=$2 *hl=\([0-9]*\) .*: $3 .*/\1 \2/p" | tail -n 1)
	openssl asn1parse -inform der -in "$1" -strparse "$offset" -noout -out "$VM_DIR/element" &&
		hex "$VM_DIR/element" | cut -c "$((2 * header + 1))-"
}

# named NAME VERDICT KEY BEFORE AFTER: what the key signed, with these bytes of the SignerInfo changed:
# how its algorithm is named, which no signature covers.
named() {
	local name=$1 verdict=$2 key=$3 content before after='' set=31 signers signer
	openssl smime -sign -outform der "${good[@]}" -signer "$(certificate "$key")" \
		-inkey "$(private "$key")" -in "$(text "$name")" -out "$VM_DIR/named" || return 1
	signer=$(element "$VM_DIR/named" 4 SEQUENCE)
	[[ $signer == *$4* ]] || return 1
	signers=$(der 30 "${signer/"$4"/"$5"}")
	before=$(der a0 "$(element "$VM_DIR/named" 3 'cont \[ 0 \]')")
	content=$(der 30 "$(der 06 ${pkcs7}01)$(der a0 "$(der 04 "$(hex "$VM_DIR/$name.pol")")")")
	by_hand "$name" "$verdict"
}

# As systemd-keyutil names it (what the certificate was signed with, whatever its own key is), and as
# Go's pkcs7 packages do (RSA with its digest); the first one shows that these are good otherwise.
named_otherwise() {
	local rsa=300d06092a864886f70d0101010500 rsa_sha256=300d06092a864886f70d01010b0500
	local ec=300b06072a8648ce3d02010500 ecdsa=300a06082a8648ce3d040302
	named ecdsa-named-ecdsa ok leaf-p256 $ecdsa $ecdsa
	named ecdsa-named-ec ENOPKG leaf-p256 $ecdsa $ec
	named ecdsa-named-rsa EKEYREJECTED leaf-p256 $ecdsa $rsa
	named rsa-named-rsa-sha256 ENOPKG leaf-rsa2048 $rsa $rsa_sha256
	named rsa-named-ec ENOPKG leaf-rsa2048 $rsa $ec
	named rsa-named-ecdsa EKEYREJECTED leaf-rsa2048 $rsa $ecdsa
}

hand_made() {
	local content before='' after='' set=31 signers data offset
	openssl smime -sign -outform der "${good[@]}" -nocerts -signer "$(cert_file trusted)" \
		-inkey "$(key_file trusted)" -in "$(text by-hand)" -out "$VM_DIR/by-hand" || return 1
	# The last SET of SignedData holds the SignerInfo.
	offset=$(openssl asn1parse -inform der -in "$VM_DIR/by-hand" |
		sed -n 's/^ *\([0-9]*\):d=4 .*SEQUENCE.*/\1/p' | tail -n 1)
	openssl asn1parse -inform der -in "$VM_DIR/by-hand" -strparse "$offset" -noout \
		-out "$VM_DIR/by-hand.signer" || return 1
	signers=$(hex "$VM_DIR/by-hand.signer")
	data=$(hex "$(text by-hand)")
	content=$(der 30 "$(der 06 ${pkcs7}01)$(der a0 "$(der 04 "$data")")")

	by_hand by-hand ok
	long=1 by_hand lengths-of-one-more ok
	long=2 by_hand lengths-of-two-more ok
	long=3 by_hand lengths-of-three EBADMSG
	set=30 by_hand signers-in-sequence ok
	set=11 by_hand set-without-bit ok
	before=$(der a0 '') by_hand no-certificate-in-the-set ok
	before=$(der a1 "$(der 30 "$(der 30 '')")") by_hand revocation-list EBADMSG
	before=$(der 05 '') by_hand element-before-signers EBADMSG
	after=$(der 05 '') by_hand element-after-signers EBADMSG
	signers+=$signers by_hand signer-twice ok
	signers='' by_hand no-signer-info EBADMSG
	content=$(der 30 "$(der 06 ${pkcs7}01)$(der a0 "$(der 0c "$data")")") by_hand text-in-utf8 ok
	content=$(der 30 "$(der 06 ${pkcs7}01)$(der a0 "$(der 30 "$data")")") by_hand text-in-sequence ok
	content=$(der 30 "$(der 06 ${pkcs7}01)$(der a0 "$(der 1f "$data")")") by_hand text-long-tag EBADMSG
	content=$(der 30 "$(der 06 ${pkcs7}01)$(der a0 "$(der 04 "$data")$(der 04 "$data")")") \
		by_hand text-twice EBADMSG
	content=$(der 30 "$(der 06 ${pkcs7}02)$(der a0 "$(der 04 "$data")")") \
		by_hand content-signed-data EINVAL
	content="3080$(der 06 ${pkcs7}01)$(der a0 "$(der 04 "$data")")0000" by_hand indefinite-envelope ok
	content="3080$(der 06 ${pkcs7}01)a0802480$(der 04 "$data")00000000""0000" \
		by_hand indefinite-text EKEYREJECTED
	local sha256=0609608648016503040201 inner=${signers:8}
	signers=$(der 30 "${inner/300d${sha256}0500/$(der 30 06082a811ccf550183110500)}") by_hand sm3 ENOPKG
	signers=$(der 30 "${inner/300d${sha256}0500/$(der 30 06082a850307010102020500)}") \
		by_hand streebog ENOPKG
	signers=$(der 30 "${inner/300d${sha256}0500/300b$sha256}") by_hand digest-without-parameters ok
	signers=$(der 30 "${inner/06092a864886f70d010101/06092a864886f70d01010b}") \
		by_hand rsa-with-sha256-as-key ENOPKG
	# Unsigned attributes, as a time stamp is one: behind what is in the SignerInfo.
	signers=$(der 30 "${signers:8}$(der a1 "$(der 30 "$(der 06 2a864886f70d01091001)$(
		der 31 "$(der 04 00)"
	)")")") by_hand unsigned-attributes ok
	bytes "$(der 30 "$(der 06 ${pkcs7}02)")" >"$DIR/nothing-signed" && form nothing-signed EINVAL
	bytes "$(der 30 "$(der 06 ${pkcs7}02)$(der a0 "$(der 30 "$(der 02 01)$algorithms$content")")")" \
		>"$DIR/signers-absent" && form signers-absent EINVAL
}

setup_file() {
	bats_require_minimum_version 1.5.0
	make -s -C "$VM_TOP" BUILD="$BUILD" all
	local key=trusted name digest size
	rm -rf "$VM_DIR/keys"
	vm_tree forms
	vm_add_driver /init
	vm_add_static verdicts
	DIR=$TREE/forms
	mkdir -p "$DIR"
	: >"$VM_DIR/expected"
	cc -std=gnu11 -g -O1 -Wall -Wextra -Werror -I "$VM_TOP/applet" -o "$VM_DIR/pkcs7_dump" \
		"$VM_TOP/tests/host/pkcs7_dump.c" "$VM_TOP"/applet/policy/*.c \
		"$VM_TOP/applet/check/message_faults.c"

	# Who signs how, of openssl's forms.
	smime plain-form ok $key
	raw smime crlf ok $key -noattr -nodetach -nosmimecap
	raw smime attributes ok $key -binary -nodetach -nosmimecap
	raw smime smime-capabilities EKEYREJECTED $key -binary -nodetach
	raw cms cms-capabilities EKEYREJECTED $key -binary -nodetach
	raw cms cms-noattr ok $key "${good[@]}"
	raw cms cms-attributes ok $key -binary -nosmimecap -nodetach
	raw cms cms-keyid ok $key "${good[@]}" -keyid
	raw cms keyid-attributes ok $key -binary -nosmimecap -nodetach -keyid
	raw cms keyid-leaf ENOKEY leaf-p256 "${good[@]}" -keyid
	raw cms keyid-two ok $key "${good[@]}" -keyid -signer "$(cert_file leaf-p256)" \
		-inkey "$(key_file leaf-p256)"
	smime nocerts-trusted ok $key -nocerts
	smime nocerts-leaf ENOKEY leaf-rsa2048 -nocerts
	smime leaf ok leaf-rsa2048
	smime leaf-and-issuer ok leaf-p256 -certfile "$(cert_file $key)"
	smime leaf-and-stranger ok leaf-p256 -certfile "$(cert_file untrusted)"
	raw cms leaf-attributes ok leaf-rsa2048 -binary -nosmimecap -nodetach
	smime noext-leaf ENOKEY leaf-noext
	smime expired ok leaf-expired
	raw cms expired-attributes EKEYREJECTED leaf-expired -binary -nosmimecap -nodetach
	smime usage ok leaf-usage
	smime two-signers ok $key -signer "$(cert_file untrusted)" -inkey "$(key_file untrusted)"
	smime two-leaves ok leaf-p256 -signer "$(cert_file leaf-rsa2048)" \
		-inkey "$(key_file leaf-rsa2048)"
	raw cms stream EKEYREJECTED $key -binary -noattr -nodetach -stream
	raw smime smime-stream EKEYREJECTED $key -binary -noattr -nodetach -stream
	raw smime detached EKEYREJECTED $key -binary -noattr
	raw smime pem EBADMSG $key "${good[@]}" -outform pem
	raw smime smime-text EBADMSG $key "${good[@]}" -outform smime
	smime untrusted ENOKEY untrusted
	cp "$DIR/cms-noattr" "$VM_DIR/first"
	openssl cms -resign -noattr -keyid -inform der -outform der -in "$VM_DIR/first" \
		-signer "$(cert_file leaf-p256)" -inkey "$(key_file leaf-p256)" -out "$DIR/named-in-two-ways"
	form named-in-two-ways EBADMSG

	# Digests, keys, padding.
	for digest in sha1 sha224 sha256 sha384 sha512; do
		raw cms "md-$digest" ok $key "${good[@]}" -md "$digest"
	done
	local sha3=ok by_sha3=ok
	if vm_since 7.1; then
		sha3=ENOPKG by_sha3=EKEYREJECTED
	fi
	for digest in sha3-256 sha3-384 sha3-512; do
		raw cms "md-$digest" $sha3 $key "${good[@]}" -md "$digest"
	done
	for digest in md5 sha512-256 sha3-224; do
		raw cms "md-$digest" ENOPKG $key "${good[@]}" -md "$digest"
	done
	for name in rsa2048 rsa4096 p256 p384 p521; do
		smime "key-$name" ok "leaf-$name"
	done
	raw cms pss ENOPKG $key "${good[@]}" -keyopt rsa_padding_mode:pss
	raw cms pss-key ENOPKG leaf-pss "${good[@]}"
	raw cms pss-key-nocerts ENOKEY leaf-pss "${good[@]}" -nocerts
	local akid='subjectKeyIdentifier=hash\nauthorityKeyIdentifier=keyid\n'
	for size in 1024 1536 3072; do
		leaf "rsa$size" $key "$akid" "rsa:$size"
		smime "key-rsa$size" ok "rsa$size"
	done
	leaf rsa2560 $key "$akid" rsa:2560
	smime key-rsa2560 EINVAL rsa2560
	smime rsa2560-nocerts ENOKEY rsa2560 -nocerts
	for name in prime192v1:ok secp224r1:ENOPKG secp256k1:ENOPKG brainpoolP256r1:ENOPKG; do
		leaf "${name%:*}" $key "$akid" ec -pkeyopt "ec_paramgen_curve:${name%:*}"
		smime "key-${name%:*}" "${name#*:}" "${name%:*}"
	done
	leaf explicit $key "$akid" ec -pkeyopt ec_paramgen_curve:P-256 -pkeyopt ec_param_enc:explicit
	smime key-explicit EBADMSG explicit

	# Certificates.
	local ec=(ec -pkeyopt ec_paramgen_curve:P-256)
	leaf ed25519 $key "$akid" ed25519
	smime with-ed25519 ENOPKG $key -certfile "$(certificate ed25519)"
	leaf by-pss $key "$akid" "${ec[@]}" -- -sigopt rsa_padding_mode:pss
	smime by-pss ENOPKG by-pss
	leaf by-md5 $key "$akid" "${ec[@]}" -- -md5
	smime by-md5 ENOPKG by-md5
	for digest in sha1 sha224 sha512 sha3-256; do
		leaf "by-$digest" $key "$akid" "${ec[@]}" -- "-$digest"
	done
	for digest in sha1 sha224 sha512; do
		smime "by-$digest" ok "by-$digest"
	done
	smime by-sha3-256 $by_sha3 by-sha3-256
	subject=/ leaf nameless $key "$akid" "${ec[@]}"
	smime nameless EBADMSG nameless
	leaf pathlen $key "basicConstraints=CA:FALSE,pathlen:1\n$akid" "${ec[@]}"
	smime pathlen EBADMSG pathlen
	leaf ca-pathlen $key "basicConstraints=CA:TRUE,pathlen:1\n$akid" "${ec[@]}"
	smime ca-pathlen ok ca-pathlen
	leaf akid-issuer $key 'authorityKeyIdentifier=issuer:always\n' "${ec[@]}"
	smime akid-issuer ok akid-issuer
	leaf akid-both $key 'authorityKeyIdentifier=keyid,issuer:always\n' "${ec[@]}"
	smime akid-both ok akid-both
	leaf noakid $key 'subjectKeyIdentifier=hash\nauthorityKeyIdentifier=none\n' "${ec[@]}"
	smime noakid ENOKEY noakid
	leaf middle $key "basicConstraints=CA:TRUE\n$akid" "${ec[@]}"
	leaf below middle "$akid" "${ec[@]}"
	smime chain ok below -certfile "$(certificate middle)"
	smime chain-incomplete ENOKEY below
	# Not after: 1969; no digit.
	local year
	year=$(date -u -d '+3650 days' +%y | od -An -tx1 -N2 | tr -d ' ')
	patch leaf certificate-of-1969 EBADMSG "5a170d$year" 5a170d3639
	patch leaf certificate-no-digit EBADMSG "5a170d$year" 5a170d363a

	# Signed attributes: another in the place of the content type, of the digest; a second signing
	# time; one that is none; another content type; a digest that is no OCTET STRING.
	patch attributes content-type-missing EBADMSG 06092a864886f70d010903 06092a864886f70d010902
	patch attributes digest-missing EBADMSG 06092a864886f70d010904 06092a864886f70d010902
	patch attributes time-twice EKEYREJECTED 06092a864886f70d010904 06092a864886f70d010905
	patch attributes time-malformed EBADMSG 310f170d32 310f170d3a
	patch attributes other-content-type EBADMSG 310b06092a864886f70d010701 310b06092a864886f70d010702
	patch attributes digest-no-octets EBADMSG 31220420 31220c20

	# Versions.
	patch plain-form version-2 EINVAL 02010131 02010231
	patch plain-form version-3 EBADMSG 02010131 02010331
	patch cms-keyid version-1 EBADMSG 02010331 02010131
	patch nocerts-trusted signer-version-2 EINVAL 02010130 02010230
	patch nocerts-trusted signer-version-3 EBADMSG 02010130 02010330

	# What is not a signed policy.
	cp "$(text plain-text)" "$DIR/plain-text" && form plain-text EBADMSG
	: >"$DIR/empty" && form empty EBADMSG
	printf 0 >"$DIR/one-byte" && form one-byte EBADMSG
	printf '0\200' >"$DIR/two-bytes" && form two-bytes EBADMSG
	head -c 900 /dev/urandom | tr '0' '1' >"$DIR/random" && form random EBADMSG
	openssl x509 -in "$(cert_file $key)" -outform der -out "$DIR/certificate"
	form certificate EBADMSG
	openssl crl2pkcs7 -nocrl -certfile "$(cert_file $key)" -outform der -out "$DIR/certificates"
	form certificates EBADMSG
	openssl cms -encrypt -binary -aes256 -outform der -in "$(text enveloped)" -out "$DIR/enveloped" \
		"$(cert_file $key)"
	form enveloped EINVAL
	openssl cms -digest_create -binary -outform der -in "$(text digested)" -out "$DIR/digested"
	form digested EINVAL
	raw cms other-type EINVAL $key "${good[@]}" -econtent_type 1.2.3.4

	# What happens to files.
	smime trailing ok $key
	printf 'more' >>"$DIR/trailing"
	smime changed EKEYREJECTED $key
	LC_ALL=C sed -i 's/policy_version=0.1.0/policy_version=0.1.1/' "$DIR/changed"
	head -c 400 "$DIR/plain-form" >"$DIR/cut" && form cut EBADMSG
	size=$(stat -c %s "$DIR/plain-form")
	head -c $((size - 1)) "$DIR/plain-form" >"$DIR/cut-by-one" && form cut-by-one EBADMSG
	printf '\x30\x80' | cat - "$DIR/plain-form" >"$DIR/indefinite-outside"
	form indefinite-outside EBADMSG

	# 65,535 bytes and one more: a comment fills it up, whose size makes lengths of more bytes.
	for size in 60000 fit; do
		if [[ $size == fit ]]; then
			size=$((60000 + 65535 - $(stat -c %s "$DIR/largest")))
		fi
		{
			cat "$(text largest)"
			head -c "$size" /dev/zero | tr '\0' '#'
		} >"$VM_DIR/largest.long"
		openssl smime -sign -outform der "${good[@]}" -signer "$(cert_file $key)" \
			-inkey "$(key_file $key)" -in "$VM_DIR/largest.long" -out "$DIR/largest"
	done
	[[ $(stat -c %s "$DIR/largest") == 65535 ]]
	form largest ok
	{
		cat "$DIR/largest"
		printf x
	} >"$DIR/too-long"
	form too-long EMSGSIZE
	: >"$VM_DIR/no-text"
	openssl smime -sign -outform der "${good[@]}" -signer "$(cert_file $key)" \
		-inkey "$(key_file $key)" -in "$VM_DIR/no-text" -out "$DIR/no-text"
	form no-text EBADMSG

	hand_made
	named_otherwise

	vm_step write 120 <<-'END'
		mount_all
		verdicts load /forms/*
	END
	vm_boot
	whole_boot "$DIR"
	vm_use forms
}

setup() {
	vm_use forms
	! vm_since 7.1 || CONFIGURATION+=" $SHA3"
}

# said: what the kernel said, "NAME ok" or "NAME ERRNO" a line.
said() {
	local out
	out=$(VM_NAME=forms step_file write out)
	awk 'BEGIN {
		split("0 ok 2 ENOENT 22 EINVAL 65 ENOPKG 74 EBADMSG 90 EMSGSIZE 126 ENOKEY 129 EKEYREJECTED", n)
		for (i = 1; i in n; i += 2)
			names[n[i]] = n[i + 1]
	} { sub(".*/", "", $1); print $1, ($2 in names) ? names[$2] : $2 }' "$out"
}

@test "the kernel says of each form what is known of it" {
	step write
	assert_success
	run -0 wc -l <"$VM_DIR/expected"
	assert [ "$output" -ge 100 ]
	diff <(sort "$VM_DIR/expected") <(said | sort)
}

@test "the message reader says of each form what the kernel says, errno and all" {
	local name verdict ours wrong=0
	while read -r name verdict; do
		ours=$("$VM_DIR/pkcs7_dump" "$VM_DIR/forms/tree/forms/$name" | sed -n 's/^errno: //p')
		[[ $ours != 0 ]] || ours=ok
		if [[ " $KEYRING $CRYPTO $CONFIGURATION " == *" $name "* ]]; then
			[[ $ours == ok && $verdict != ok ]]
		elif [[ " $LAX " == *" $name "* ]]; then
			[[ $ours != ok && $verdict == ok ]]
		elif [[ " $STREAM " == *" $name "* ]]; then
			[[ $ours == EKEYREJECTED && $verdict == EBADMSG ]]
		else
			[[ $ours == "$verdict" ]]
		fi || {
			echo "$name: the kernel: $verdict; the reader: $ours"
			wrong=$((wrong + 1))
		}
	done < <(said)
	assert_equal "$wrong" 0
}

@test "ipe-check's verdict of each form is the kernel's, but for what takes keys to know" {
	local name said verdict wrong=0
	while read -r name said; do
		verdict=ok
		"$BUILD/ipe-check" -q "$VM_DIR/forms/tree/forms/$name" >/dev/null 2>&1 || verdict=refused
		[[ $said == ok ]] || said=refused
		[[ " $KEYRING $CRYPTO $CONFIGURATION $UNSIGNED " != *" $name "* ]] || said=ok
		[[ " $LAX " != *" $name "* ]] || said=refused
		[[ $verdict == "$said" ]] || {
			echo "$name: the kernel: $said; ipe-check: $verdict"
			wrong=$((wrong + 1))
		}
	done < <(said)
	assert_equal "$wrong" 0
}

@test "each form that ipe-check refuses is told with a cure or a reason" {
	local cure
	for cure in smime-capabilities:-nosmimecap detached:-nodetach pem:'-outform der' \
		smime-text:'-outform der' stream:-stream pss:PSS md-md5:'-md sha256' key-secp256k1:P-256 \
		key-rsa2560:4096 ecdsa-named-ec:id-ecPublicKey rsa-named-rsa-sha256:sha256WithRSAEncryption \
		ecdsa-named-rsa:'openssl smime' rsa-named-ecdsa:'openssl smime' named-in-two-ways:-keyid \
		with-ed25519:PSS too-long:65,535 cut:truncated; do
		run -1 "$BUILD/ipe-check" "$VM_DIR/forms/tree/forms/${cure%%:*}"
		assert_output --partial "${cure#*:}"
	done
}

@test "a form that some kernels may not trust draws a warning" {
	for name in nocerts-leaf noext-leaf noakid keyid-leaf; do
		run -0 "$BUILD/ipe-check" "$VM_DIR/forms/tree/forms/$name"
		assert_output --partial 'warning: '
	done
}

@test "each form is either active or refused in one line by ipe-load" {
	# shellcheck disable=SC2086 # words
	whole_passed $LAX
}
