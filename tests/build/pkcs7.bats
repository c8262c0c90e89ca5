#!/usr/bin/env bats
#
# pkcs7.bats - what the reader makes of signed messages
#
# The messages are openssl's, made with keys made here, or put together by hand where openssl does
# not write such. That the kernel says the same of them is tests/vm/forms.bats's concern.
#
# SPDX-License-Identifier: MIT

bats_load_library bats-support
bats_load_library bats-assert

setup_file() {
	export top
	top=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
	build=${BUILD:-$top/build}
	[[ $build == /* ]] || build=$top/build
	export out=$build/tests/pkcs7
	export dump=$out/pkcs7_dump
	rm -rf "$out"
	mkdir -p "$out"
	cc -std=gnu11 -g -O1 -Wall -Wextra -Werror -fsanitize=address,undefined \
		-fno-sanitize-recover=all -I "$top/applet" -o "$dump" \
		"$top/tests/host/pkcs7_dump.c" "$top"/applet/policy/*.c \
		"$top/applet/check/message_faults.c"
	cd "$out" || return 1
	printf 'policy_name=site policy_version=1.0.0\nDEFAULT action=ALLOW\n' >policy
	cat >extensions <<-'END'
		[req]
		distinguished_name = none
		[none]
		[ca]
		basicConstraints = critical,CA:TRUE
		subjectKeyIdentifier = hash
		authorityKeyIdentifier = keyid:always,issuer:always
		[leaf]
		basicConstraints = CA:FALSE
		subjectKeyIdentifier = hash
		authorityKeyIdentifier = keyid
		[issuer]
		authorityKeyIdentifier = issuer:always
		[bare]
		[pathlen]
		basicConstraints = CA:FALSE,pathlen:1
		[path]
		basicConstraints = CA:TRUE,pathlen:1
		[usage]
		keyUsage = critical,keyEncipherment
		extendedKeyUsage = critical,serverAuth
	END
	# A signer of its own for each kind of key: self-signed, a CA.
	new rsa rsa:2048
	new rsa-odd rsa:2560
	new rsa-odder rsa:2100
	new rsa-pss rsa-pss -pkeyopt rsa_keygen_bits:2048
	new ed25519 ed25519
	local curve
	for curve in P-256 P-384 P-521 secp224r1 secp256k1 brainpoolP256r1; do
		new "$curve" ec -pkeyopt "ec_paramgen_curve:$curve"
	done
	new explicit ec -pkeyopt ec_paramgen_curve:P-256 -pkeyopt ec_param_enc:explicit
	issued nameless rsa leaf
	issued odd-name P-256 leaf
	issued brief P-256 leaf -days 1
	# The same number twice, by two issuers.
	issued seven P-256 leaf -set_serial 7
	issued seven-too rsa leaf -set_serial 7
	for kind in leaf issuer bare pathlen path usage; do
		issued "$kind" P-256
	done
	issued by-pss rsa-pss leaf
	issued by-ed25519 ed25519 leaf
	issued by-md5 rsa leaf -md5
}

setup() {
	cd "$out" || return 1
}

# new NAME ALGORITHM [ARGUMENT]...: a key and its self-signed certificate.
new() {
	local name=$1 algorithm=$2
	shift 2
	openssl req -x509 -config extensions -extensions ca -newkey "$algorithm" -noenc -days 36500 \
		-subj "/C=DE/O=Test/CN=$name" -keyout "$name.key" -out "$name.pem" "$@" 2>/dev/null
}

# issued NAME ISSUER [EXTENSIONS [ARGUMENT]...]: an EC key with a certificate by ISSUER.
issued() {
	local name=$1 issuer=$2 kind=${3:-$1} subject=/CN=$1
	shift $(($# > 3 ? 3 : $#))
	[[ $name != nameless ]] || subject=/
	# By object identifiers of algorithms, which have names of their own, or share one.
	[[ $name != odd-name ]] ||
		subject=/CN=$name/rsaEncryption=a/ecdsa-with-SHA256=b/sha256WithRSAEncryption=c
	openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -noenc -subj "$subject" \
		-keyout "$name.key" -out "$name.csr" 2>/dev/null &&
		openssl x509 -req -in "$name.csr" -CA "$issuer.pem" -CAkey "$issuer.key" -days 36500 \
			-extfile extensions -extensions "$kind" -out "$name.pem" "$@" 2>/dev/null
}

# signed PROGRAM KEY [ARGUMENT]...: write the policy, signed with openssl smime or cms, to message.
signed() {
	local program=$1 key=$2
	shift 2
	openssl "$program" -sign -outform der -signer "$key.pem" -inkey "$key.key" -in policy \
		-out message "$@"
}

# The arguments of the form that always works.
good=(-binary -noattr -nodetach -nosmimecap)

# field NAME: what the reader says of message.
field() {
	"$dump" message | sed -n "s/^$1: //p"
}

# verdict READ REFUSED ERRNO [CURE]: what the reader says of message, and that its words have the cure.
verdict() {
	local said
	said=$("$dump" message | sed -n 's/^read: //p; s/^refused: //p; s/^errno: //p; s/^words: //p; 4q')
	assert_equal "$(head -n 3 <<<"$said" | xargs)" "$1 $2 $3"
	[[ -z ${4:-} ]] || assert_regex "${said##*$'\n'}" ".*$4.*"
}

# taken: message has a text and nothing is wrong with it.
taken() {
	verdict OK OK 0
}

# refused FAULT ERRNO [CURE]: message has a text, and the kernel refuses it.
refused() {
	verdict OK "$@"
}

# no_text FAULT ERRNO [CURE]: message has no text to be read.
no_text() {
	verdict "$1" "$@"
}

# patch FROM TO: change these bytes of message, in hexadecimal, where they are first; as many.
patch() {
	local hex from=${1// /} to=${2// /} at
	hex=$(od -An -v -tx1 message | tr -d ' \n')
	at=${hex%%"$from"*}
	[[ $at != "$hex" && ${#from} == "${#to}" && $((${#at} % 2)) == 0 ]]
	bytes "$at$to${hex:${#at}+${#from}}"
}

# patch_last FROM TO: where they are last.
patch_last() {
	local hex from=$1 to=$2 at
	hex=$(od -An -v -tx1 message | tr -d ' \n')
	at=${hex%"$from"*}
	[[ $at != "$hex" && ${#from} == "${#to}" && $((${#at} % 2)) == 0 ]]
	bytes "$at$to${hex:${#at}+${#from}}"
}

# bytes HEX: write message.
bytes() {
	# shellcheck disable=SC2059,SC2001 # the notation is wanted; a pattern cannot do it
	printf "$(sed 's/../\\x&/g' <<<"${1// /}")" >message
}

# der TAG [HEX]: an element. $long: how many bytes its length takes at least (none: the usual).
long=
der() {
	local value=$2 length
	printf -v length %02x $((${#value} / 2))
	((${#length} % 2)) && length=0$length
	while [[ -n $long ]] && ((${#length} < 2 * long)); do
		length=00$length
	done
	if [[ -n $long ]] || ((${#value} / 2 > 127)); then
		printf -v length '8%x%s' $((${#length} / 2)) "$length"
	fi
	printf %s "$1$length$value"
}

pkcs=2a864886f70d01
nist=6086480165030402
x962=2a8648ce3d04
gost=2a850307010101

algorithm() {
	der 30 "$(der 06 "$1")$(der 05 '')"
}

# signer [VERSION [SIGNER [DIGEST [KEY [ATTRIBUTES [AFTER]]]]]]: a SignerInfo by hand, of a 2048-bit key.
signer() {
	local name
	name=$(der 30 "$(der 31 "$(der 30 "$(der 06 550403)$(der 0c 61)")")")
	der 30 "$(der 02 "${1:-01}")${2:-$(der 30 "$name$(der 02 07)")}$(
		algorithm "${3:-${nist}01}"
	)${5:-}$(algorithm "${4:-${pkcs}0101}")$(der 04 "$(printf %0512d 0)")${6:-}"
}

# attribute NUMBER VALUE: an attribute of PKCS #9.
attribute() {
	der 30 "$(der 06 "${pkcs}09$1")$(der 31 "$2")"
}

text_hex=$(printf 'policy_name=a policy_version=1.0.0\n' | od -An -v -tx1 | tr -d ' \n')

# by_hand SIGNERS [VERSION [CONTENT [AFTER]]]: write message.
by_hand() {
	bytes "$(der 30 "$(der 06 "${pkcs}0702")$(der a0 "$(der 30 "$(der 02 "${2:-01}")$(
		der 31 "$(algorithm ${nist}01)"
	)${3-$(der 30 "$(der 06 "${pkcs}0701")$(der a0 "$(der 04 "$text_hex")")")}$(
		der 31 "$1"
	)${4:-}")")")"
}

@test "text, signer, digest and key are read from the form that always works" {
	signed smime rsa "${good[@]}"
	run "$dump" message
	assert_success
	assert_output "read: OK
refused: OK
errno: 0
words: good
text: $(<policy)

length: $(stat -c %s policy)
signers: 1
digest: SHA-256
key: RSA
included: 1
unknowable: 0
subject: C=DE O=Test CN=rsa"
}

@test "what the kernel takes is taken" {
	local program md
	taken_form() {
		signed "$@"
		taken
	}
	taken_form smime rsa -noattr -nodetach -nosmimecap # line ends CR LF
	assert_equal "$(field length)" $(($(stat -c %s policy) + 2))
	for program in smime cms; do
		taken_form $program rsa "${good[@]}"
		taken_form $program P-256 "${good[@]}" -nocerts
		assert_equal "$(field included)" 0
		taken_form $program P-256 -binary -nodetach -nosmimecap # signed attributes
		taken_form $program P-256 "${good[@]}" -certfile rsa.pem
		taken_form $program leaf "${good[@]}" -certfile P-256.pem
		assert_equal "$(field included)" 1
		taken_form $program P-384 "${good[@]}"
		taken_form $program P-521 "${good[@]}"
		assert_equal "$(field key)" ECDSA
		taken_form $program usage "${good[@]}"
		taken_form $program path "${good[@]}"
	done
	taken_form cms rsa "${good[@]}" -keyid
	assert_equal "$(field included)" 0
	for md in sha1 sha224 sha256 sha384 sha512; do
		taken_form cms P-256 "${good[@]}" -md "$md"
		assert_equal "$(field digest)" "SHA-${md#sha}"
	done
	for md in sha3-256 sha3-384 sha3-512; do
		taken_form cms rsa "${good[@]}" -md "$md"
		assert_equal "$(field digest)" "${md^^}"
	done
}

@test "of two signers the first one is named" {
	local key
	signed smime P-384 "${good[@]}" -signer rsa.pem -inkey rsa.key
	taken
	assert_equal "$(field signers)" 2
	# Whichever openssl put first: one and the same.
	key=$(field key)
	assert_equal "$(field subject)" "C=DE O=Test CN=$([[ $key == RSA ]] && echo rsa || echo P-384)"
	signed cms leaf "${good[@]}" -nocerts -signer rsa.pem -inkey rsa.key
	taken
	assert_equal "$(field signers) $(field included)" "2 0"
}

@test "the signer's certificate is found by issuer and serial number among others" {
	local signer other
	for signer in leaf:usage usage:leaf leaf:P-256 seven:seven-too seven-too:seven; do
		other=${signer#*:} signer=${signer%:*}
		signed smime "$signer" "${good[@]}" -certfile "$other.pem"
		taken
		assert_equal "$(field subject)" "CN=$signer"
		signed smime "$signer" "${good[@]}" -nocerts -certfile "$other.pem"
		assert_equal "$(field included)" 0
	done
	# Of version 3, the kernel does not look for it.
	signed cms leaf "${good[@]}"
	patch '02 01 01 31' '02 01 03 31'
	patch '02 01 01 30' '02 01 03 30'
	taken
	assert_equal "$(field included)" 0
}

@test "what a name holds is labelled as an attribute, also by an algorithm's identifier" {
	signed smime odd-name "${good[@]}"
	taken
	assert_equal "$(field subject)" "CN=odd-name ?=a ?=b ?=c"
}

@test "bytes after the message do not matter" {
	signed smime rsa "${good[@]}"
	head -c 1000 /dev/zero >>message
	taken
}

@test "a leaf that names no issuer's key is distinguished from one that does" {
	local name unknowable
	for name in leaf:0 issuer:0 bare:1 usage:0 rsa:0; do
		unknowable=${name#*:}
		# Since OpenSSL 3 a certificate without extensions is one of version 1.
		signed smime "${name%:*}" "${good[@]}"
		taken
		assert_equal "${name%:*} $(field unknowable)" "${name%:*} $unknowable"
	done
	# Whatever another one names.
	signed smime bare "${good[@]}" -certfile leaf.pem
	assert_equal "$(field subject) $(field unknowable)" "CN=bare 1"
}

@test "what the kernel refuses is refused, with the cure" {
	signed smime rsa -nodetach
	refused ATTR_KIND EKEYREJECTED -nosmimecap
	signed cms rsa -nodetach
	refused ATTR_KIND EKEYREJECTED -noattr
	signed smime rsa -binary -noattr
	no_text DETACHED EKEYREJECTED -nodetach
	signed cms rsa -binary -noattr -nodetach -stream
	no_text STREAM EKEYREJECTED -stream
	signed smime rsa -binary -noattr -nodetach -stream
	no_text STREAM EKEYREJECTED -stream
	signed smime rsa "${good[@]}" -outform pem
	no_text PEM EBADMSG '-outform der'
	signed smime rsa "${good[@]}" -outform smime
	no_text PEM EBADMSG '-outform der'
	signed smime rsa "${good[@]}" -md md5
	refused DIGEST_ALGO ENOPKG '-md sha256'
	signed cms rsa "${good[@]}" -md sha512-256
	refused DIGEST_ALGO ENOPKG '-md sha256'
	signed cms rsa "${good[@]}" -keyopt rsa_padding_mode:pss
	refused KEY_ALGO ENOPKG 'without PSS'
	signed cms rsa-pss "${good[@]}"
	refused CERT_ALGO ENOPKG 'without PSS'
	signed smime rsa-odd "${good[@]}"
	refused KEY_SIZE EINVAL 4096
	signed smime rsa-odder "${good[@]}"
	refused KEY_SIZE EINVAL 4096
	# Who signed and what with cannot be told where the certificate is not included.
	signed smime rsa-odd "${good[@]}" -nocerts
	taken
}

@test "signers identified in two ways do not go together" {
	signed cms rsa "${good[@]}"
	mv message first
	openssl cms -resign -noattr -keyid -inform der -outform der -in first -signer leaf.pem \
		-inkey leaf.key -out message
	refused VERSION_MIXED EBADMSG -keyid
}

@test "a certificate with a key or signature that the kernel does not know spoils the message" {
	local name
	for name in secp224r1 secp256k1 brainpoolP256r1; do
		signed smime $name "${good[@]}"
		refused CERT_ALGO ENOPKG P-256
	done
	for name in ed25519 rsa-pss secp256k1; do
		signed smime rsa "${good[@]}" -certfile $name.pem
		refused CERT_ALGO ENOPKG 'without PSS'
	done
	for name in by-pss by-ed25519 by-md5; do
		signed smime $name "${good[@]}"
		refused CERT_ALGO ENOPKG 'without PSS'
		signed smime $name "${good[@]}" -nocerts
		taken
	done
	signed smime explicit "${good[@]}"
	refused CERT_BROKEN EBADMSG -nocerts
}

@test "a certificate that the kernel cannot read spoils the message" {
	signed smime nameless "${good[@]}"
	refused CERT_BROKEN EBADMSG -nocerts
	signed smime pathlen "${good[@]}"
	refused CERT_BROKEN EBADMSG -nocerts
	# Not after: 1969, and a year before 2050 as GeneralizedTime.
	signed smime leaf "${good[@]}"
	patch "17 0d $(date -u +%y | od -An -tx1 -N2)" '17 0d 36 39'
	refused CERT_BROKEN EBADMSG
	signed smime leaf "${good[@]}"
	patch '18 0f 32 31' '18 0f 32 30'
	refused CERT_BROKEN EBADMSG
	# No 13 or 15 characters, no digit, not in UTC.
	signed smime leaf "${good[@]}"
	patch '18 0f 32 31' '18 0f 32 3a'
	refused CERT_BROKEN EBADMSG
	signed smime leaf "${good[@]}"
	patch '5a 18 0f' '30 18 0f'
	refused CERT_BROKEN EBADMSG
}

@test "something that is no policy at all is reported as what it is" {
	: >message
	no_text EMPTY EBADMSG
	cp policy message
	no_text NOT_DER EBADMSG
	printf '\0' >message
	no_text NOT_DER EBADMSG
	printf 0 >message
	no_text CUT EBADMSG
	openssl x509 -in rsa.pem -outform der -out message
	no_text BROKEN EBADMSG
	openssl cms -encrypt -outform der -in policy -out message rsa.pem
	no_text NOT_SIGNED EINVAL 'openssl smime -sign'
	openssl cms -digest_create -outform der -in policy -out message
	no_text NOT_SIGNED EINVAL
	openssl crl2pkcs7 -nocrl -certfile rsa.pem -outform der -out message
	no_text NO_SIGNER EBADMSG certificates
	signed cms rsa "${good[@]}" -econtent_type 1.2.3.4
	no_text NOT_DATA EINVAL
	openssl cms -sign "${good[@]}" -outform der -signer rsa.pem -inkey rsa.key -in /dev/null \
		-out message
	no_text NO_TEXT EBADMSG empty
}

@test "random bytes are not a message" {
	for _ in {1..60}; do
		head -c $((RANDOM % 2000 + 1)) /dev/urandom >message
		[[ $(field read) =~ ^(NOT_DER|CUT|BROKEN|STREAM|PEM|NOT_SIGNED)$ ]]
	done
}

@test "65,535 bytes are taken, one more is not" {
	local size
	cp policy keep
	head -c 60000 /dev/zero | tr '\0' '#' >>policy
	signed smime rsa "${good[@]}"
	size=$(stat -c %s message)
	head -c $((65535 - size)) /dev/zero | tr '\0' '#' >>policy
	signed smime rsa "${good[@]}"
	mv keep policy
	assert_equal "$(stat -c %s message)" 65535
	taken
	printf '\0' >>message
	no_text TOO_LONG EMSGSIZE 65,535
}

@test "signed attributes are required, said once, and said by all signers or by none" {
	local attributes=(-binary -nodetach -nosmimecap)
	signed cms P-256 "${attributes[@]}"
	taken
	# Content type, message digest: another attribute.
	patch "$(der 06 ${pkcs}0903)" "$(der 06 ${pkcs}0902)"
	refused ATTR_MISSING EBADMSG -noattr
	signed cms P-256 "${attributes[@]}"
	patch "$(der 06 ${pkcs}0904)" "$(der 06 ${pkcs}0902)"
	refused ATTR_MISSING EBADMSG -noattr
	# The content type: signedData.
	signed cms P-256 "${attributes[@]}"
	patch "$(der 31 "$(der 06 ${pkcs}0701)")" "$(der 31 "$(der 06 ${pkcs}0702)")"
	refused ATTR_MISSING EBADMSG
	# The message digest: no OCTET STRING; a second signing time.
	signed cms P-256 "${attributes[@]}"
	patch '31 22 04 20' '31 22 0c 20'
	refused ATTR_MISSING EBADMSG
	signed cms P-256 "${attributes[@]}"
	patch "$(der 06 ${pkcs}0904)" "$(der 06 ${pkcs}0905)"
	refused ATTR_REPEATED EKEYREJECTED -noattr
	by_hand "$(signer 01 '' '' '' "$(der a0 "$(attribute 03 "$(der 06 ${pkcs}0701)")$(
		attribute 04 "$(der 04 00)$(der 04 00)"
	)")")"
	refused ATTR_REPEATED EKEYREJECTED
	# Authenticode's.
	by_hand "$(signer 01 '' '' '' "$(der a0 "$(
		der 30 "$(der 06 2b06010401823702010c)$(der 31 "$(der 30 '')")"
	)")")"
	refused ATTR_KIND EKEYREJECTED

	local with
	with=$(signer 01 '' '' '' "$(der a0 "$(attribute 03 "$(der 06 ${pkcs}0701)")$(
		attribute 04 "$(der 04 "$(printf %064d 0)")"
	)")")
	by_hand "$with$with"
	taken
	by_hand "$with$(signer)"
	refused ATTR_MIXED EINVAL -noattr
	by_hand "$(signer)$with"
	refused ATTR_MIXED EINVAL -noattr
}

@test "a signing time must be one, and within the included certificate's validity" {
	local now
	# Today as od shows it, without the seconds.
	signed cms leaf -binary -nodetach -nosmimecap
	now=$(date -u +%y | od -An -tx1 -N2)
	patch "31 0f 17 0d $now" '31 0f 17 0d 3a 30'
	refused SIGNING_TIME EBADMSG -noattr
	# In 2049 all is valid that was made here; in 1999 nothing was.
	signed cms leaf -binary -nodetach -nosmimecap
	patch "31 0f 17 0d $now" '31 0f 17 0d 34 39'
	taken
	patch '31 0f 17 0d 34 39' '31 0f 17 0d 39 39'
	refused TIME_OUTSIDE EKEYREJECTED -noattr
	signed cms leaf -binary -nodetach -nosmimecap -nocerts
	patch "31 0f 17 0d $now" '31 0f 17 0d 39 39'
	taken
	signed cms brief -binary -nodetach -nosmimecap
	taken
	patch "31 0f 17 0d $now" '31 0f 17 0d 34 39'
	refused TIME_OUTSIDE EKEYREJECTED
	# No matter whose certificate it is not.
	signed cms leaf -binary -nodetach -nosmimecap -certfile rsa.pem
	patch "31 0f 17 0d $now" '31 0f 17 0d 39 39'
	refused TIME_OUTSIDE EKEYREJECTED
}

@test "a message put together by hand is taken, and so is what the kernel is lax about" {
	by_hand "$(signer)"
	taken
	assert_equal "$(field text)" 'policy_name=a policy_version=1.0.0'
	# Lengths of one and two bytes more than needed, not of three.
	long=1 by_hand "$(long=1 signer)"
	taken
	long=2 by_hand "$(long=2 signer)"
	taken
	long=3 by_hand "$(long=3 signer)"
	no_text CUT EBADMSG
	by_hand "$(long=3 signer)"
	no_text BROKEN EBADMSG
	# A set of certificates with nothing in it.
	by_hand "$(signer)" 01 \
		"$(der 30 "$(der 06 ${pkcs}0701)$(der a0 "$(der 04 "$text_hex")")")$(der a0 '')"
	taken
	# Any element will do for the text.
	by_hand "$(signer)" 01 "$(der 30 "$(der 06 ${pkcs}0701)$(der a0 "$(der 0c "$text_hex")")")"
	taken
}

@test "elements that do not belong where they stand are refused" {
	by_hand "$(signer)" 01 "$(der 30 "$(der 06 ${pkcs}0701)$(der a0 "$(der 04 61)$(der 04 62)")")"
	no_text BROKEN EBADMSG
	# A tag of more than one byte, an indefinite length without anything inside.
	by_hand "$(signer)" 01 "$(der 30 "$(der 06 ${pkcs}0701)$(der a0 "$(der 1f 61)")")"
	no_text BROKEN EBADMSG
	by_hand "$(signer)" 01 "$(der 30 "$(der 06 ${pkcs}0701)$(der a0 0480610000)")"
	no_text BROKEN EBADMSG
	by_hand "$(signer)" 01 '' # no ContentInfo
	no_text BROKEN EBADMSG
	by_hand "$(signer)" 01 "$(der 30 "$(der 06 ${pkcs}0701)$(der a1 "$(der 04 61)")")"
	no_text BROKEN EBADMSG
	by_hand ''
	no_text BROKEN EBADMSG
	by_hand "$(signer)$(der 05 '')"
	no_text BROKEN EBADMSG
	by_hand "$(signer)" 01 "$(der 30 "$(der 06 ${pkcs}0701)$(der a0 "$(der 04 61)")")" "$(der 05 '')"
	no_text BROKEN EBADMSG
	by_hand "$(signer 01 "$(der 30 "$(der 30 '')$(der 02 07)")")" # nobody's name
	no_text BROKEN EBADMSG
	bytes "$(der 30 "$(der 06 "${pkcs}0702")")"
	no_text NOT_SIGNED EINVAL
}

@test "an element that cannot be read is found wherever one may be left out" {
	local type digests data certificate content
	type=$(der 06 "${pkcs}0702")
	digests=$(der 31 "$(algorithm ${nist}01)")
	data=$(der 30 "$(der 06 ${pkcs}0701)$(der a0 "$(der 04 61)")")
	certificate=$(openssl x509 -in leaf.pem -outform der | od -An -v -tx1 | tr -d ' \n')
	# behind the type
	bytes "$(der 30 "$type"1f00)"
	no_text BROKEN EBADMSG
	# behind version, content, certificates, revocation lists
	for content in '' "$digests$data" "$digests$data$(der a0 '')" \
		"$digests$data$(der a1 "$(der 30 "$certificate")")"; do
		bytes "$(der 30 "$type$(der a0 "$(der 30 "$(der 02 01)$content"1f00)")")"
		no_text BROKEN EBADMSG
	done
	# among the digest algorithms
	bytes "$(der 30 "$type$(der a0 "$(der 30 "$(der 02 01)$(der 31 "$(der 30 "$(der 05 '')")")$data")")")"
	no_text BROKEN EBADMSG
}

@test "of a signer, algorithms must be algorithms, and what is not signed must be attributes" {
	local text
	text=$(attribute 05 "$(der 17 00)")
	by_hand "$(signer 01 '' '' '' '' "$(der a1 "$text$text")")"
	taken
	by_hand "$(signer 01 '' '' '' '' "$(der a1 '')")"
	no_text BROKEN EBADMSG
	by_hand "$(signer 01 '' '' '' '' "$(der a1 "$(der 30 '')")")"
	no_text BROKEN EBADMSG
	by_hand "$(signer 01 '' '' '' '' 1f00)"
	no_text BROKEN EBADMSG
	by_hand "$(signer)"
	patch "$(algorithm ${nist}01)$(algorithm ${pkcs}0101)" "$(algorithm ${nist}01)31$(
		algorithm ${pkcs}0101 | cut -c 3-
	)"
	no_text BROKEN EBADMSG
	by_hand "$(signer)"
	patch "$(der 02 07)30" "$(der 02 07)31"
	no_text BROKEN EBADMSG
}

@test "what stands where revocation lists belong must be certificates, for the kernel" {
	local data certificate
	data=$(der 30 "$(der 06 ${pkcs}0701)$(der a0 "$(der 04 "$text_hex")")")
	certificate=$(openssl x509 -in leaf.pem -outform der | od -An -v -tx1 | tr -d ' \n')
	by_hand "$(signer)" 01 "$data$(der a1 "$(der 30 "$certificate")")"
	taken
	assert_equal "$(field included)" 0
	by_hand "$(signer)" 01 "$data$(der a1 "$(der 30 "$(der 30 '')")")"
	refused CERT_BROKEN EBADMSG
	by_hand "$(signer)" 01 "$data$(der a1 '')"
	no_text BROKEN EBADMSG
	by_hand "$(signer)" 01 "$data$(der a1 "$(der 30 '')")"
	no_text BROKEN EBADMSG
}

@test "each part of a certificate must be of its kind" {
	local from extensions
	# The version; the issuer's name; the extensions, missing and unreadable.
	signed smime leaf "${good[@]}"
	patch 'a0 03 02 01 02' 'a0 03 02 02 02'
	refused CERT_BROKEN EBADMSG
	signed smime leaf "${good[@]}"
	patch '31 0b 30 09 06 03 55 04 06' '30 0b 30 09 06 03 55 04 06'
	refused CERT_BROKEN EBADMSG
	signed smime leaf "${good[@]}"
	extensions=$(od -An -v -tx1 message | tr -d ' \n' | grep -oE 'a3..30..30..0603551d')
	patch "$extensions" "${extensions/#a3??30/${extensions:0:4}31}"
	refused CERT_BROKEN EBADMSG
	patch "a3${extensions:2:2}31" 82001f
	refused CERT_BROKEN EBADMSG
}

@test "an indefinite length anywhere is reported as a stream" {
	by_hand "$(signer)" 01 "3080$(der 06 ${pkcs}0701)$(der a0 "$(der 04 61)")0000"
	no_text STREAM EKEYREJECTED
	by_hand "$(signer)" 01 "$(der 30 "$(der 06 ${pkcs}0701)a0802480$(der 04 61)00000000")"
	no_text STREAM EKEYREJECTED
	bytes "3080$(der 06 "${pkcs}0702")0000"
	no_text STREAM EKEYREJECTED
}

@test "versions are 1 and 3, and the same for message and signer" {
	local one
	for one in 01 03; do
		by_hand "$(signer $one)" $one
		taken
	done
	for one in 00 02 04 05 ff 0001 ''; do
		by_hand "$(signer)" "${one:-0101}"
		refused VERSION EINVAL
	done
	for one in 01:03 03:01; do
		by_hand "$(signer ${one#*:})" ${one%:*}
		refused VERSION_MIXED EBADMSG -keyid
	done
	by_hand "$(signer 02)"
	refused VERSION EINVAL
	by_hand "$(signer 03 "$(der 80 0102)")$(signer 03 "$(der 80 0103)")" 03
	taken
	by_hand "$(signer 03 "$(der 80 0102)")$(signer 01)" 03
	refused VERSION_MIXED EBADMSG
}

@test "the kernel's algorithms are known, their neighbours are not" {
	local oid
	# SHA-1; SHA-2; SHA-3; SM3; Streebog
	for oid in 2b0e03021a ${nist}0{1,2,3,4,8,9} ${nist}0a 2a811ccf55018311 2a8503070101020{2,3}; do
		by_hand "$(signer 01 '' "$oid")"
		taken
	done
	for oid in 2b0e03021b ${nist}0{0,5,6,7} ${nist}0b ${nist}01{00,} 2a864886f70d0205 60; do
		[[ $oid != ${nist}01 ]] || continue
		by_hand "$(signer 01 '' "$oid")"
		refused DIGEST_ALGO ENOPKG
	done
	# RSA; ECDSA with SHA-1, SHA-2, SHA-3; ML-DSA; GOST
	for oid in ${pkcs}0101 ${x962}01 ${x962}030{1,2,3,4} ${nist%02}03{0a,0b,0c,11,12,13} ${gost}0{1,2}; do
		by_hand "$(signer 01 '' '' "$oid")"
		taken
	done
	# PSS; the neighbour of ML-DSA; ECDSA without SHA-2; GOST with a digest; Ed25519; DSA
	for oid in ${pkcs}010a ${nist%02}0314 ${x962}02 ${x962}0300 ${x962}0305 ${gost}03 2b6570 2a8648ce380401; do
		by_hand "$(signer 01 '' '' "$oid")"
		refused KEY_ALGO ENOPKG 'without PSS'
	done
	# RSA with SHA-1, SHA-256, SHA3-256: what a certificate's signature is called
	for oid in ${pkcs}0105 ${pkcs}010b ${nist%02}030e; do
		by_hand "$(signer 01 '' '' "$oid")"
		refused KEY_NAMED_WITH_DIGEST ENOPKG 'sha256WithRSAEncryption.*smime'
	done
	# What the key in a certificate is called
	by_hand "$(signer 01 '' '' "${x962%04}0201")"
	refused KEY_NAMED_EC ENOPKG 'id-ecPublicKey.*smime'
}

@test "a signer's algorithm that is not that of the key in its certificate is told" {
	# Other identifiers, and parameters, that make as many bytes.
	local ecdsa=300a0608${x962}0302 gost_key=300a0608${gost}01 rsa=300d0609${pkcs}01010500
	signed smime P-256 "${good[@]}"
	patch_last "$ecdsa" "$gost_key"
	refused KEY_NOT_CERTS EKEYREJECTED "certificate's key"
	signed smime rsa "${good[@]}"
	patch_last "$rsa" "300d0608${x962}0302050100"
	refused KEY_NOT_CERTS EKEYREJECTED "certificate's key"
	signed smime rsa "${good[@]}" -nocerts
	patch_last "$rsa" "300d0608${x962}0302050100"
	taken
}

@test "a name is printed with its labels, whatever their order, an unknown one as a question mark" {
	new named ec -pkeyopt ec_paramgen_curve:P-256 -multivalue-rdn \
		-subj "/C=DE/ST=Saxony/L=Dresden/O=Org+OU=Unit/CN=Name/emailAddress=a@b.c/title=Dr"
	signed smime named "${good[@]}"
	taken
	assert_equal "$(field subject)" \
		'C=DE ST=Saxony L=Dresden O=Org OU=Unit CN=Name emailAddress=a@b.c ?=Dr'
}

@test "a message cut anywhere is a fault, and a changed byte is never read beyond" {
	signed cms leaf -binary -nodetach -nosmimecap -certfile rsa.pem
	run "$dump" --all message
	assert_success
	assert_output --regexp '^cuts: [0-9]{4}, '
	signed smime P-256 "${good[@]}" -signer rsa.pem -inkey rsa.key
	run "$dump" --all message
	assert_success
	signed smime P-256 "${good[@]}"
	run "$dump" --all message
	assert_success
	assert_output --regexp '^cuts: [0-9]{3}, '
	signed cms P-256 -binary -nodetach -nosmimecap -nocerts -keyid
	run "$dump" --all message
	assert_success
}

@test "every fault has its message" {
	local words
	words=$("$dump" --words)
	assert_equal "$(sort <<<"$words" | uniq -d)" ''
	run grep -cv '^[^ ].*[^ .]$' <<<"$words"
	assert_output 0
	# As many as there are, and no more.
	assert_equal "$(wc -l <<<"$words")" \
		"$(grep -c '^	PKCS7_[A-Z_]*,' "$top/applet/policy/pkcs7_fault.h")"
}
