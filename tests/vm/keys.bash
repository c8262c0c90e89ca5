# shellcheck shell=bash
#
# keys.bash - the tests' keys, and signing with them
#
# The trusted key is the public test key of Debian's ovmf package: the kernel finds its certificate
# in the firmware's db. All others are made here, once for each build directory.
#
#   trusted        the test key; its certificate is a CA's
#   leaf-rsa2048 leaf-rsa4096 leaf-p256 leaf-p384 leaf-p521
#                  leaf certificates that the trusted key issued
#   leaf-noext     (RSA 2048) as these, without any X.509v3 extension
#   leaf-expired   (RSA 2048) valid in January 2020
#   leaf-usage     (RSA 2048) for TLS servers only
#   leaf-pss       an RSA-PSS key
#   platform exchange machine
#                  a machine owner's: the firmware's PK, KEK and db where secureboot.bash enrolled them
#   mok            one that he enrolled in shim (MOK), where keyrings.bats has put it
#   untrusted      a CA of our own that the kernel knows nothing of
#   untrusted-leaf a leaf below it
#
# Needs no virtual machine. SPDX-License-Identifier: MIT

_keys_here=$(cd "${BASH_SOURCE[0]%/*}" && pwd)
_keys_top=$(cd "$_keys_here/../.." && pwd)
_keys_build=${BUILD:-build}
[[ $_keys_build == /* ]] || _keys_build=$_keys_top/$_keys_build
KEYS=$_keys_build/keys

# key_file NAME: print the path of a private key (PEM, no pass phrase); made at first use.
key_file() {
	_key_make "$1" && printf '%s\n' "$KEYS/$1.key"
}

# cert_file NAME: print the path of its certificate (PEM); made at first use.
cert_file() {
	_key_make "$1" && printf '%s\n' "$KEYS/$1.pem"
}

# sign_policy TEXT OUT [OPENSSL_ARGUMENT]...: sign a policy with the trusted key, in the one form
# that always works; arguments are added to openssl's (for example -md sha512, -nocerts).
sign_policy() {
	sign_policy_as trusted "$@"
}

# sign_policy_as NAME TEXT OUT [OPENSSL_ARGUMENT]...: as sign_policy, with another key. A leaf's
# certificate is in the message.
sign_policy_as() {
	local name=$1 text=$2 out=$3 tool=smime
	shift 3
	_key_make "$name" || return 1
	# "openssl smime" does not know RSA-PSS.
	[[ $name != leaf-pss ]] || tool=cms
	openssl "$tool" -sign -binary -noattr -nodetach -nosmimecap -outform der \
		-signer "$KEYS/$name.pem" -inkey "$KEYS/$name.key" -in "$text" -out "$out" "$@"
}

# sign_roothash NAME FILE OUT: sign a dm-verity root hash (hexadecimal, as in FILE, without a
# newline) the way the kernel wants it: detached.
sign_roothash() {
	_key_make "$1" || return 1
	openssl smime -sign -binary -noattr -nocerts -outform der \
		-signer "$KEYS/$1.pem" -inkey "$KEYS/$1.key" -in "$2" -out "$3"
}

# _key_make NAME: make key and certificate unless they are there. The certificate appears last,
# each file whole, so that two that make the same key at once do no harm.
_key_make() {
	local name=$1 work status=0
	[[ ! -e $KEYS/$name.pem ]] || return 0
	case $name in
	leaf-*) _key_make trusted || return 1 ;;
	untrusted-leaf) _key_make untrusted || return 1 ;;
	esac
	mkdir -p "$KEYS" || return 1
	work=$(mktemp -d "$KEYS/make.XXXXXX") || return 1
	if ! _key_make_in "$work" "$name" >"$work/log" 2>&1; then
		echo "keys: cannot make $name:" >&2
		cat "$work/log" >&2
		status=1
	elif (
		flock 9
		[[ -e $KEYS/$name.pem ]] || {
			mv "$work/key" "$KEYS/$name.key" && mv "$work/pem" "$KEYS/$name.pem"
		}
	) 9>"$KEYS/lock"; then
		:
	else
		status=1
	fi
	rm -rf "$work"
	return "$status"
}

# _key_make_in DIRECTORY NAME: write DIRECTORY/key and DIRECTORY/pem.
_key_make_in() {
	local work=$1 name=$2 issuer=trusted algorithm=(rsa:2048)
	case $name in
	trusted)
		_key_trusted "$work"
		return
		;;
	untrusted)
		openssl req -x509 -newkey rsa:2048 -noenc -days 3650 -subj "/CN=Nobody you know" \
			-keyout "$work/key" -out "$work/pem"
		return
		;;
	platform | exchange | machine | mok)
		openssl req -x509 -newkey rsa:2048 -noenc -days 3650 -subj "/CN=The owner's $name key" \
			-keyout "$work/key" -out "$work/pem"
		return
		;;
	leaf-rsa4096) algorithm=(rsa:4096) ;;
	leaf-p256) algorithm=(ec -pkeyopt ec_paramgen_curve:P-256) ;;
	leaf-p384) algorithm=(ec -pkeyopt ec_paramgen_curve:P-384) ;;
	leaf-p521) algorithm=(ec -pkeyopt ec_paramgen_curve:P-521) ;;
	leaf-pss) algorithm=(rsa-pss -pkeyopt rsa_keygen_bits:2048) ;;
	leaf-rsa2048 | leaf-noext | leaf-expired | leaf-usage) ;;
	untrusted-leaf) issuer=untrusted ;;
	*)
		echo "no such key: $name"
		return 1
		;;
	esac
	cat >"$work/extensions" <<-END
		basicConstraints=critical,CA:FALSE
		subjectKeyIdentifier=hash
		authorityKeyIdentifier=keyid
	END
	case $name in
	leaf-noext) : >"$work/extensions" ;;
	leaf-usage)
		cat >>"$work/extensions" <<-END
			keyUsage=critical,keyEncipherment
			extendedKeyUsage=critical,serverAuth
		END
		;;
	*) echo "keyUsage=digitalSignature" >>"$work/extensions" ;;
	esac
	openssl req -new -newkey "${algorithm[@]}" -noenc -subj "/CN=Test $name" \
		-keyout "$work/key" -out "$work/csr" || return 1
	if [[ $name != leaf-expired ]]; then
		openssl x509 -req -in "$work/csr" -CA "$KEYS/$issuer.pem" \
			-CAkey "$KEYS/$issuer.key" -set_serial "0x$(openssl rand -hex 8)" \
			-days 3650 -extfile "$work/extensions" -out "$work/pem"
		return
	fi
	# Only "openssl ca" can date a certificate back.
	: >"$work/index"
	openssl rand -hex 8 >"$work/serial"
	cat >"$work/ca.conf" <<-END
		[ca]
		default_ca = ours
		[ours]
		database = $work/index
		serial = $work/serial
		new_certs_dir = $work
		default_md = sha256
		policy = any
		[any]
		commonName = supplied
	END
	openssl ca -batch -notext -config "$work/ca.conf" -cert "$KEYS/$issuer.pem" \
		-keyfile "$KEYS/$issuer.key" -startdate 20200101000000Z -enddate 20200201000000Z \
		-extfile "$work/extensions" -in "$work/csr" -out "$work/pem"
}

# _key_trusted DIRECTORY: the test key, from the installed package or from what fetch unpacked.
_key_trusted() {
	local key=/usr/share/ovmf/PkKek-1-snakeoil.key cert=/usr/share/ovmf/PkKek-1-snakeoil.pem
	if [[ ! -r $key || ! -r $cert ]]; then
		local fetched
		fetched=$("$_keys_here/fetch") || return 1
		key=$(sed -n 's/^key=//p' <<<"$fetched")
		cert=$(sed -n 's/^cert=//p' <<<"$fetched")
	fi
	openssl pkey -in "$key" -passin pass:snakeoil -out "$1/key" &&
		openssl x509 -in "$cert" -out "$1/pem"
}
