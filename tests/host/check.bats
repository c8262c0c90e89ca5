#!/usr/bin/env bats
#
# check.bats - what ipe-check says
#
# That it takes and refuses the same texts as the kernel is policy_text_oracle.bats's concern, and
# tests/vm/verdicts.bats's.
#
# SPDX-License-Identifier: MIT

bats_require_minimum_version 1.5.0
load ../vm/keys
bats_load_library bats-support
bats_load_library bats-assert

setup() {
	build=${BUILD:-$BATS_TEST_DIRNAME/../../build}
	[[ $build == /* ]] || build=$BATS_TEST_DIRNAME/../../$build
	PATH=$build:$PATH
	top=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
	cd "$BATS_TEST_TMPDIR" || return
}

header='policy_name=p policy_version=1.0.0'
# Denies something, and nothing that one would regret.
good="$header
DEFAULT action=ALLOW
DEFAULT op=KEXEC_IMAGE action=DENY"

# Runs ipe-check with options on a policy p.pol that consists of the lines of the last argument.
check() {
	printf '%s\n' "${@: -1}" >p.pol
	run --separate-stderr ipe-check "${@:1:$#-1}" p.pol
}

# What was said on standard error is exactly this.
assert_said() {
	# shellcheck disable=SC2154 # stderr is set by run
	assert_equal "$stderr" "$1"
}

# A policy of the lines has exactly this one error.
has_error() {
	check "$1"
	assert_failure 1
	assert_output ''
	assert_said "p.pol:$2"
}

# The good policy with lines behind it is accepted with exactly these warnings.
warns() {
	check "$good
$1"
	assert_success
	assert_output --partial "p.pol: p 1.0.0, "
	assert_said "$2"
}

# ---- faults

@test "an unknown operation is reported where it is, and all known ones are listed" {
	has_error "$good
op=EXEC action=ALLOW" '4:4: error: unknown operation "EXEC" (EXECUTE, FIRMWARE, KMODULE, KEXEC_IMAGE, KEXEC_INITRAMFS, POLICY or X509_CERT)'
	has_error "$good
	op= action=ALLOW" '4:5: error: unknown operation "" (EXECUTE, FIRMWARE, KMODULE, KEXEC_IMAGE, KEXEC_INITRAMFS, POLICY or X509_CERT)'
}

@test "with -u an unknown operation or property is a warning, and everything else still an error" {
	local text="$good
op=BPF_PROG_LOAD boot_verified=TRUE action=ALLOW
DEFAULT op=BPF_PROG_LOAD action=DENY
op=EXECUTE cpu_verified=TRUE action=ALLOW"
	printf '%s\n' "$text" >p.pol
	run --separate-stderr ipe-check p.pol
	assert_failure 1
	run --separate-stderr ipe-check -u p.pol
	assert_success
	assert_output --partial 'p.pol: p 1.0.0'
	assert_regex "$stderr" 'p.pol:4:4: warning: unknown operation "BPF_PROG_LOAD"'
	assert_regex "$stderr" 'p.pol:5:12: warning: unknown operation "BPF_PROG_LOAD"'
	assert_regex "$stderr" 'p.pol:6:12: warning: unknown property "cpu_verified=TRUE"'
	refute_regex "$stderr" error
	run --separate-stderr ipe-check -uq p.pol
	assert_success
	assert_equal "$stderr" ''
	run --separate-stderr ipe-check -uW p.pol
	assert_failure 1
	printf '%s\n' "$text" 'op=EXECUTE action=PERMIT' >p.pol
	run --separate-stderr ipe-check -u p.pol
	assert_failure 1
	assert_regex "$stderr" 'p.pol:7:19: error: unknown action'
}

@test "a word close to a known one draws a suggestion" {
	has_error "$good
op=execute action=ALLOW" '4:4: error: unknown operation "execute"; did you mean EXECUTE?'
	has_error "$good
op=KMODULES action=ALLOW" '4:4: error: unknown operation "KMODULES"; did you mean KMODULE?'
	has_error "$good
op=EXECUTE boot_verifed=TRUE action=ALLOW" '4:12: error: unknown property "boot_verifed=TRUE"; did you mean boot_verified=?'
	has_error "$good
op=EXECUTE dmverity_sginature=TRUE action=ALLOW" '4:12: error: unknown property "dmverity_sginature=TRUE"; did you mean dmverity_signature=?'
	has_error "$good
op=EXECUTE fsverity_digests=sha256:00 action=ALLOW" '4:12: error: unknown property "fsverity_digests=sha256:00"; did you mean fsverity_digest=?'
	has_error "$good
op=EXECUTE boot_verified=true action=ALLOW" '4:26: error: unknown value "true"; did you mean TRUE?'
	has_error "$good
op=EXECUTE action=Allow" '4:19: error: unknown action "Allow"; did you mean ALLOW?'
	has_error "$good
op=EXECUTE action=DENNY" '4:19: error: unknown action "DENNY"; did you mean DENY?'
	has_error "$good
Default op=EXECUTE action=DENY" '4:1: error: expected op= or DEFAULT, not "Default"; did you mean DEFAULT?'
	has_error "$good
Op=EXECUTE action=DENY" '4:1: error: expected op= or DEFAULT, not "Op=EXECUTE"; did you mean op=?'
}

@test "a word close to none draws no suggestion" {
	has_error "$good
op=RUN action=ALLOW" '4:4: error: unknown operation "RUN" (EXECUTE, FIRMWARE, KMODULE, KEXEC_IMAGE, KEXEC_INITRAMFS, POLICY or X509_CERT)'
	has_error "$good
op=EXECUTE path=/bin action=ALLOW" '4:12: error: unknown property "path=/bin" (boot_verified=, dmverity_signature=, fsverity_signature=, dmverity_roothash= or fsverity_digest=)'
	has_error "$good
op=EXECUTE boot_verified=yes action=ALLOW" '4:26: error: unknown value "yes" (FALSE or TRUE)'
	has_error "$good
op=EXECUTE action=permit" '4:19: error: unknown action "permit" (ALLOW or DENY)'
	has_error "$good
op=EXECUTE action=DENYDENY" '4:19: error: unknown action "DENYDENY" (ALLOW or DENY)'
	has_error "$good
x=EXECUTE action=DENY" '4:1: error: expected op= or DEFAULT, not "x=EXECUTE"'
}

@test "a broken header is explained" {
	has_error '' '1:1: error: expected policy_name=NAME policy_version=A.B.C'
	has_error '# only a comment' '1:1: error: expected policy_name=NAME policy_version=A.B.C'
	has_error "name=p policy_version=1.0.0
DEFAULT action=DENY" '1:1: error: expected policy_name=NAME, not "name=p"'
	has_error "policy_name= policy_version=1.0.0
DEFAULT action=DENY" '1:13: error: expected policy_name=NAME'
	has_error "policy_name=p
DEFAULT action=DENY" '1:14: error: expected policy_version=A.B.C'
	has_error "policy_name=p version=1.0.0
DEFAULT action=DENY" '1:15: error: expected policy_version=A.B.C, not "version=1.0.0"'
	has_error "$header x
DEFAULT action=DENY" '1:36: error: expected nothing behind the version, not "x"'
}

@test "a broken version is explained" {
	has_error "policy_name=p policy_version=1.2
DEFAULT action=DENY" '1:33: error: expected three numbers, A.B.C'
	has_error "policy_name=p policy_version=1.2.3.4
DEFAULT action=DENY" '1:36: error: expected three numbers, A.B.C, not "4"'
	has_error "policy_name=p policy_version=1.2.x
DEFAULT action=DENY" '1:34: error: expected a number, not "x"'
	has_error "policy_name=p policy_version=1.70000.0
DEFAULT action=DENY" '1:32: error: expected a number up to 65535, not "70000"'
}

@test "a broken rule is explained" {
	has_error "$good
boot_verified=TRUE op=EXECUTE action=ALLOW" '4:1: error: expected op= or DEFAULT, not "boot_verified=TRUE"'
	has_error "$good
op=EXECUTE boot_verified=TRUE" '4:30: error: expected action=ALLOW or action=DENY'
	has_error "$good
op=EXECUTE deny" '4:12: error: expected action=ALLOW or action=DENY, not "deny"'
	has_error "$good
op=EXECUTE dmverity_roothash=sha256 action=ALLOW" '4:30: error: expected ALGORITHM:HEXADECIMAL, not "sha256"'
	has_error "$good
op=EXECUTE dmverity_roothash=sha256:0g action=ALLOW" '4:38: error: expected a hexadecimal digit, not "g"'
	has_error "$good
op=EXECUTE dmverity_roothash=sha256:012 action=ALLOW" '4:40: error: expected a hexadecimal digit'
}

@test "broken defaults are explained" {
	has_error "$good
DEFAULT op=EXECUTE boot_verified=TRUE action=DENY" '4:20: error: a default cannot have a property'
	has_error "$good
DEFAULT op=KEXEC_IMAGE action=ALLOW" '4:1: error: a second default for the same operation'
	has_error "$good
DEFAULT action=DENY" '4:1: error: a second default for the same operation'
	has_error "$header
DEFAULT op=EXECUTE action=DENY" '2:31: error: expected DEFAULT action=, or one for each operation'
}

@test "a name that cannot be a directory is an error" {
	for name in a/b / . ..; do
		has_error "policy_name=$name policy_version=1.0.0
DEFAULT action=DENY" "1:13: error: policy_name \"$name\" cannot be a directory (no slash, not . or .., at most 255 bytes)"
	done
	name=$(printf '%0255d' 0)
	check -q "policy_name=$name policy_version=1.0.0
DEFAULT action=DENY"
	assert_success
	has_error " policy_name=${name}x policy_version=1.0.0
DEFAULT action=DENY" "1:14: error: policy_name \"${name}x\" cannot be a directory (no slash, not . or .., at most 255 bytes)"
}

@test "all faults of a text are listed, in order" {
	check "$header
op=EXECUTE action=
op=EXECUTE action=ALLOW
op=FOO action=ALLOW
DEFAULT action=DENY"
	assert_failure 1
	assert_said 'p.pol:2:19: error: unknown action "" (ALLOW or DENY)
p.pol:4:4: error: unknown operation "FOO" (EXECUTE, FIRMWARE, KMODULE, KEXEC_IMAGE, KEXEC_INITRAMFS, POLICY or X509_CERT)'
}

@test "bytes from outside cannot control the terminal" {
	printf '%s\nop=\033[2J\001 action=ALLOW\n' "$good" >$'\033p.pol'
	run --separate-stderr ipe-check $'\033p.pol'
	assert_failure 1
	assert_said '\x1bp.pol:4:4: error: unknown operation "\x1b[2J\x01" (EXECUTE, FIRMWARE, KMODULE, KEXEC_IMAGE, KEXEC_INITRAMFS, POLICY or X509_CERT)'
}

# ---- warnings about rules

@test "a rule that an earlier one shadows draws a warning" {
	warns 'op=EXECUTE action=ALLOW
op=EXECUTE boot_verified=TRUE action=DENY' \
		'p.pol:5: warning: this rule never matches: the rules up to line 4 decide first'
	warns 'op=POLICY boot_verified=TRUE action=ALLOW
op=POLICY boot_verified=FALSE action=ALLOW
op=POLICY dmverity_signature=TRUE action=DENY' \
		'p.pol:6: warning: this rule never matches: the rules up to line 5 decide first'
	warns 'op=EXECUTE dmverity_signature=TRUE action=ALLOW
op=EXECUTE dmverity_signature=TRUE fsverity_signature=TRUE action=DENY' \
		'p.pol:5: warning: this rule never matches: the rules up to line 4 decide first'
}

@test "if several rules shadow one together, the last of them is named" {
	warns 'op=POLICY fsverity_signature=TRUE action=DENY
op=POLICY boot_verified=TRUE action=DENY
op=POLICY fsverity_signature=TRUE dmverity_signature=TRUE action=ALLOW' \
		'p.pol:6: warning: this rule never matches: the rules up to line 4 decide first'
}

@test "a rule that an earlier one with fewer digests shadows draws a warning" {
	d1=dmverity_roothash=sha256:$(printf '%064d' 1)
	d2=dmverity_roothash=sha256:$(printf '%064d' 2)
	f1=fsverity_digest=sha256:$(printf '%064d' 1)
	warns "op=EXECUTE $d1 action=DENY
op=EXECUTE $d2 action=DENY
op=EXECUTE $d2 $f1 action=ALLOW
op=KMODULE $d1 action=DENY
op=KMODULE fsverity_signature=TRUE $d2 action=DENY
op=KMODULE $d2 action=DENY" \
		'p.pol:6: warning: this rule never matches: the rules up to line 5 decide first'
	warns "op=EXECUTE $f1 dmverity_signature=TRUE action=DENY
op=EXECUTE $f1 dmverity_signature=FALSE action=DENY
op=EXECUTE $d1 $f1 fsverity_signature=TRUE action=ALLOW" \
		'p.pol:6: warning: this rule never matches: the rules up to line 5 decide first'
}

@test "a repeated rule draws a warning, whatever the order of its properties" {
	d=dmverity_roothash=sha256:$(printf '%064d' 1)
	warns "op=POLICY boot_verified=TRUE action=DENY
op=POLICY dmverity_signature=TRUE action=DENY
op=POLICY boot_verified=TRUE action=DENY" \
		'p.pol:6: warning: this rule never matches: it repeats line 4'
	warns "op=EXECUTE dmverity_signature=FALSE $d action=DENY
op=EXECUTE $d dmverity_signature=FALSE $d action=ALLOW" \
		'p.pol:5: warning: this rule never matches: it repeats line 4'
	warns "op=EXECUTE dmverity_roothash=sha1:$(printf '%040d' 0 | tr 0 a) action=DENY
op=EXECUTE dmverity_roothash=sha1:$(printf '%040d' 0 | tr 0 A) action=DENY" \
		'p.pol:5: warning: this rule never matches: it repeats line 4'
}

@test "rules that differ draw no warning" {
	d1=dmverity_roothash=sha256:$(printf '%064d' 1)
	d2=dmverity_roothash=sha256:$(printf '%064d' 2)
	f1=fsverity_digest=sha256:$(printf '%064d' 1)
	warns "op=EXECUTE $d1 $f1 action=DENY
op=EXECUTE $d2 $f1 action=DENY
op=EXECUTE $d1 action=DENY
op=EXECUTE $f1 action=DENY
op=KMODULE $d1 action=DENY
op=EXECUTE dmverity_signature=TRUE fsverity_signature=TRUE action=DENY
op=EXECUTE dmverity_signature=TRUE action=ALLOW
op=EXECUTE fsverity_signature=TRUE action=ALLOW
op=POLICY dmverity_signature=FALSE action=ALLOW" ''
	# of so many digests not all are kept: the first rule matches less than one would think
	warns "op=EXECUTE $d1 $d1 $d1 $d1 $f1 action=DENY
op=EXECUTE $d1 action=DENY" ''
}

@test "contradictory properties draw a warning" {
	d1=dmverity_roothash=sha256:$(printf '%064d' 1)
	d2=dmverity_roothash=sha256:$(printf '%064d' 2)
	for contradiction in 'boot_verified=TRUE boot_verified=FALSE' \
		'dmverity_signature=TRUE boot_verified=TRUE' \
		'fsverity_signature=FALSE fsverity_signature=TRUE' \
		"$d1 $d2" "$d1 boot_verified=TRUE"; do
		warns "op=EXECUTE $contradiction action=DENY" \
			'p.pol:4: warning: this rule never matches: no file has all of its properties'
	done
}

@test "a digest that can never match draws a warning" {
	warns 'op=EXECUTE dmverity_roothash=SHA256:00 action=DENY' \
		'p.pol:4:12: warning: this digest never matches: dm-verity has no algorithm "SHA256"; did you mean sha256?'
	warns 'op=EXECUTE dmverity_roothash=tiger:00 action=DENY' \
		'p.pol:4:12: warning: this digest never matches: dm-verity has no algorithm "tiger"'
	warns 'op=EXECUTE dmverity_roothash=: action=DENY' \
		'p.pol:4:12: warning: this digest never matches: dm-verity has no algorithm ""'
	warns 'op=EXECUTE dmverity_roothash=sha256: action=DENY' \
		'p.pol:4:12: warning: this digest never matches: sha256 has 64 digits, not 0'
	warns 'op=EXECUTE boot_verified=FALSE fsverity_digest=sha512:0123 action=DENY' \
		'p.pol:4:32: warning: this digest never matches: sha512 has 128 digits, not 4'
	warns "op=EXECUTE fsverity_digest=sha1:$(printf '%040d' 0) action=DENY" \
		'p.pol:4:12: warning: this digest never matches: fs-verity has no algorithm "sha1"'
	warns 'op=EXECUTE dmverity_roothash=tiger:00 dmverity_roothash=tiger:00 action=DENY' \
		'p.pol:4:12: warning: this digest never matches: dm-verity has no algorithm "tiger"
p.pol:4:39: warning: this digest never matches: dm-verity has no algorithm "tiger"'
}

@test "digests that may match draw no warning" {
	while read -r algorithm digits; do
		warns "op=EXECUTE dmverity_roothash=$algorithm:$(printf "%0${digits}d" 0) action=DENY" ''
	done <<-'END'
		md5 32
		sha1 40
		rmd160 40
		sha224 56
		sha3-224 56
		sha256 64
		sha3-256 64
		blake2s-256 64
		blake2b-256 64
		streebog256 64
		wp256 64
		sm3 64
		sha384 96
		sha3-384 96
		wp384 96
		sha512 128
		sha3-512 128
		blake2b-512 128
		streebog512 128
		wp512 128
	END
	for algorithm in sha256:64 sha512:128; do
		warns "op=EXECUTE fsverity_digest=${algorithm%:*}:$(printf "%0${algorithm#*:}d" 0) action=DENY" ''
	done
}

@test "a rule that denies nothing on kernels without fs-verity signatures draws a warning" {
	local nothing='this denies nothing on a kernel without CONFIG_FS_VERITY_BUILTIN_SIGNATURES (allow TRUE, and deny the rest by DEFAULT)'
	warns 'op=POLICY fsverity_signature=FALSE action=DENY' "p.pol:4: warning: $nothing"
	warns 'op=POLICY fsverity_signature=FALSE dmverity_signature=FALSE action=DENY' \
		"p.pol:4: warning: $nothing"
	warns 'op=EXECUTE fsverity_signature=FALSE action=ALLOW
op=FIRMWARE fsverity_signature=TRUE action=DENY
op=POLICY dmverity_signature=FALSE action=DENY' ''
}

@test "trust in fs-verity signatures draws a warning: before Linux 7.3 root can forge them" {
	local stale='before Linux 7.3 root can make any file count as signed by fs-verity'
	local denied='p.pol:4: warning: EXECUTE is denied to files of the initramfs: nothing can run there'
	warns 'DEFAULT op=EXECUTE action=DENY
op=EXECUTE fsverity_signature=TRUE action=ALLOW' "p.pol:5: warning: $stale
$denied"
	warns 'DEFAULT op=EXECUTE action=DENY
op=EXECUTE dmverity_signature=TRUE action=ALLOW' "$denied"
}

@test "a policy signed with SHA-3 draws a warning: not every kernel has it" {
	printf '%s\n' "$good" >text
	for digest in sha3-256 sha3-512; do
		openssl smime -sign -binary -noattr -nodetach -outform der -md "$digest" -in text \
			-signer "$(cert_file trusted)" -inkey "$(key_file trusted)" -out p.p7b
		run --separate-stderr ipe-check p.p7b
		assert_success
		assert_said "p.p7b: warning: not every kernel has SHA-3: in Debian's since 7.1 it is a module (use -md sha256)"
	done
}

# No OpenSSL before 3.5 signs with it. This is an RSA signature in the form in which 3.5 signs, with the
# identifiers of message and certificate (rsaEncryption, sha256WithRSAEncryption) replaced by ML-DSA's, which
# are as long: ipe-check verifies none.
@test "a policy that is signed with ML-DSA is warned of: few kernels have it" {
	local rsa='\x2a\x86\x48\x86\xf7\x0d\x01\x01[\x01\x0b]' ml_dsa='\x60\x86\x48\x01\x65\x03\x04\x03' size
	printf '%s\n' "$good" >text
	openssl cms -sign -binary -nodetach -nosmimecap -outform der -md sha512 -in text \
		-signer "$(cert_file trusted)" -inkey "$(key_file trusted)" -out rsa.p7b
	for size in 11 12 13; do
		LC_ALL=C sed "s/$rsa/$ml_dsa\x$size/g" rsa.p7b >p.p7b
		run --separate-stderr ipe-check p.p7b
		assert_success
		assert_output --partial 'ML-DSA, SHA-512'
		assert_said 'p.p7b: warning: ML-DSA takes Linux 7.0 with CONFIG_CRYPTO_MLDSA'
	done
}

# ---- warnings about the whole policy

@test "EXECUTE denied to the initramfs draws a warning" {
	check "$header
DEFAULT action=DENY"
	assert_success
	assert_said 'p.pol:2: warning: EXECUTE is denied to files of the initramfs: nothing can run there
p.pol:2: warning: FIRMWARE is denied to files of the initramfs: drivers there get none
p.pol:2: warning: KMODULE is denied to files of the initramfs: modules there do not load'
	check "$header
DEFAULT action=ALLOW
op=EXECUTE dmverity_signature=TRUE action=ALLOW
op=EXECUTE dmverity_signature=FALSE action=DENY"
	assert_success
	assert_said 'p.pol:4: warning: EXECUTE is denied to files of the initramfs: nothing can run there'
}

@test "a policy that denies nothing draws a warning" {
	check "$header
op=EXECUTE boot_verified=TRUE boot_verified=FALSE action=DENY
DEFAULT action=ALLOW"
	assert_success
	assert_said 'p.pol:2: warning: this rule never matches: no file has all of its properties
p.pol: warning: nothing is ever denied'
	check "$header
op=EXECUTE dmverity_roothash=sha1:$(printf '%040d' 0) action=DENY
DEFAULT action=ALLOW"
	assert_success
	assert_said ''
}

@test "a policy without a global default draws a warning" {
	check "$header
DEFAULT op=EXECUTE action=ALLOW
DEFAULT op=FIRMWARE action=ALLOW
DEFAULT op=KMODULE action=ALLOW
DEFAULT op=KEXEC_IMAGE action=ALLOW
DEFAULT op=KEXEC_INITRAMFS action=ALLOW
DEFAULT op=POLICY action=DENY
DEFAULT op=X509_CERT action=ALLOW"
	assert_success
	assert_said 'p.pol: warning: no global DEFAULT: a kernel with a new operation refuses the policy'
}

favoured='files of the initramfs stay trusted after switch-root: hand over to a newer policy without boot_verified'

@test "trust in the initramfs that does not end draws a warning, however it is written" {
	check "$header
DEFAULT action=ALLOW
DEFAULT op=EXECUTE action=DENY
op=EXECUTE boot_verified=TRUE action=ALLOW
op=EXECUTE dmverity_signature=TRUE action=ALLOW"
	assert_success
	assert_said "p.pol:4: warning: $favoured"
	check "$header
DEFAULT action=ALLOW
op=KMODULE dmverity_signature=TRUE action=ALLOW
op=KMODULE boot_verified=FALSE action=DENY"
	assert_success
	assert_said "p.pol:2: warning: $favoured"
}

@test "the warning is given once, and not if a later policy ends that trust" {
	cp "$top/applet/examples/initrd.pol" "$top/applet/examples/final.pol" .
	run --separate-stderr ipe-check -W initrd.pol final.pol
	assert_success
	assert_output 'initrd.pol: initrd 1.0.0, 10 rules
final.pol: final 2.0.0, 5 rules'
	assert_said ''

	sed 's/initrd/again/' initrd.pol >again.pol
	run --separate-stderr ipe-check -W initrd.pol again.pol
	assert_failure 1
	assert_said "initrd.pol:18: error: $favoured"

	# an equal version does not keep anybody from going back
	sed -i 's/2\.0\.0/1.0.0/' final.pol
	run --separate-stderr ipe-check initrd.pol final.pol
	assert_success
	assert_regex "$stderr" "^initrd.pol:18: warning: $favoured"
}

# ---- several files

@test "two policies of the same name draw a warning" {
	printf '%s\n' "$good" | tee a.pol >b.pol
	run --separate-stderr ipe-check a.pol b.pol
	assert_success
	assert_said 'b.pol: warning: has the same policy_name as a.pol: the kernel keeps only the newer'
}

@test "two policies of the same name and version with different texts are an error for an image" {
	printf '%s\n' "$good" >a.pol
	printf '%s\nDEFAULT op=POLICY action=ALLOW\n' "$good" >b.pol
	run --separate-stderr ipe-check a.pol b.pol
	assert_success
	assert_said 'b.pol: warning: has the same policy_name and policy_version as a.pol, and another text'
	put same 1.0.0 etc/ipe/initrd/a.p7b 'DEFAULT action=ALLOW'
	put same 1.0.0 etc/ipe/initrd/b.p7b $'DEFAULT action=ALLOW\nDEFAULT op=POLICY action=DENY'
	lists
	assert_failure 1
	assert_regex "$stderr" 'b.p7b: error: has the same policy_name and policy_version as'
}

@test "a last policy that cannot be activated over another draws a warning" {
	printf '%s\n' "${good/p policy_version=1/a policy_version=3}" >a.pol
	printf '%s\n' "${good/p policy_version=1/b policy_version=2}" >b.pol
	printf '%s\n' "${good/p policy_version=1/c policy_version=2}" >c.pol
	run --separate-stderr ipe-check a.pol b.pol c.pol
	assert_success
	assert_said 'c.pol: warning: cannot take the place of a.pol, which has a higher version'
	run --separate-stderr ipe-check c.pol b.pol a.pol
	assert_success
	assert_said ''
}

@test "more policies than can be compared draw a warning" {
	for i in {1..65}; do
		printf '%s\n' "${good/p policy_version/p$i policy_version}" >"$i.pol"
	done
	run --separate-stderr ipe-check {1..65}.pol
	assert_success
	assert_said '65.pol: warning: too many policies: this one is not compared'
}

@test "one bad file among several is a failure, and the others are still checked" {
	printf '%s\n' "$good" >a.pol
	run --separate-stderr ipe-check /nonexistent a.pol
	assert_failure 1
	assert_output 'a.pol: p 1.0.0, 0 rules'
	assert_said 'ipe-check: /nonexistent: cannot be opened: it does not exist'
	run --separate-stderr ipe-check . a.pol
	assert_failure 1
	assert_said 'ipe-check: .: is a directory, not a regular file'
}

# ---- options and forms

@test "a good policy is described in one line" {
	check "$good"
	assert_success
	assert_output 'p.pol: p 1.0.0, 0 rules'
	check "${good/p policy_version=1.0.0/site policy_version=+1.65535.03}
op=EXECUTE action=ALLOW"
	assert_output 'p.pol: site 1.65535.3, 1 rule'
}

@test "-q prints errors only, -W makes warnings errors" {
	check -q "$header
DEFAULT action=ALLOW"
	assert_success
	assert_output ''
	assert_said ''
	check -q "$header
DEFAULT action=permit"
	assert_failure 1
	assert_said 'p.pol:2:16: error: unknown action "permit" (ALLOW or DENY)'
	check -W "$header
DEFAULT action=ALLOW"
	assert_failure 1
	assert_output ''
	assert_said 'p.pol: error: nothing is ever denied'
	check -Wq "$header
DEFAULT action=ALLOW"
	assert_failure 1
	assert_said 'p.pol: error: nothing is ever denied'
}

@test "standard input is read, from a pipe and from a file" {
	printf '%s\n' "$good" >a.pol
	run --separate-stderr ipe-check - <a.pol
	assert_success
	assert_output -- '-: p 1.0.0, 0 rules'
	run --separate-stderr ipe-check - < <(cat a.pol)
	assert_success
	assert_output -- '-: p 1.0.0, 0 rules'
	run --separate-stderr ipe-check - < <(printf 'policy_name=p\n')
	assert_failure 1
	assert_said '-:1:14: error: expected policy_version=A.B.C
-:1:14: error: expected DEFAULT action=, or one for each operation'
}

@test "standard input that is named twice is not closed in between" {
	printf '%s\n' "$good" >a.pol
	run --separate-stderr ipe-check - - < <(cat a.pol)
	assert_failure 1
	assert_said '-: error: empty'
	run --separate-stderr ipe-check -q - - <a.pol
	assert_success
}

@test "a signed policy is read, and its signer named" {
	printf '%s\n' "$good" 'op=EXECUTE action=Allow' >bad.pol
	printf '%s\n' "$good" >p.pol
	sign_policy p.pol p.p7b
	run --separate-stderr ipe-check p.p7b
	assert_success
	assert_output 'p.p7b: p 1.0.0, 0 rules, signed by C=US, ST=Colorado, L=Fort Collins, O=SnakeOil, RSA, SHA-256'
	assert_said ''
	sign_policy_as leaf-p384 p.pol p.p7b -md sha512
	run --separate-stderr ipe-check p.p7b
	assert_success
	assert_output 'p.p7b: p 1.0.0, 0 rules, signed by CN=Test leaf-p384, ECDSA, SHA-512'
	assert_said ''
	sign_policy bad.pol bad.p7b
	run --separate-stderr ipe-check bad.p7b
	assert_failure 1
	assert_said 'bad.p7b:4:19: error: unknown action "Allow"; did you mean ALLOW?'
}

@test "a signer that only some kernels can know draws a warning" {
	printf '%s\n' "$good" >p.pol
	sign_policy p.pol p.p7b -nocerts
	run --separate-stderr ipe-check p.p7b
	assert_success
	assert_output 'p.p7b: p 1.0.0, 0 rules, signed by a certificate that is not included, RSA, SHA-256'
	assert_said "p.p7b: warning: the signer's certificate is not included: the kernel must have it (sign without -nocerts and -keyid)"
	sign_policy_as leaf-noext p.pol p.p7b
	run --separate-stderr ipe-check p.p7b
	assert_success
	assert_said "p.p7b: warning: the signer's certificate names no authority key: the kernel must have it (give it X.509v3 extensions)"
}

@test "a message that the kernel refuses for its form is an error, with the cure" {
	printf '%s\n' "$good" >p.pol
	key=$(key_file trusted)
	cert=$(cert_file trusted)
	while read -r cure arguments; do
		# shellcheck disable=SC2086 # arguments are words
		openssl smime -sign -binary -signer "$cert" -inkey "$key" -in p.pol -out p.p7b $arguments
		run --separate-stderr ipe-check p.p7b
		assert_failure 1
		assert_output ''
		assert_regex "$stderr" "^p\.p7b: error: .*$cure"
		assert_equal "$(wc -l <<<"$stderr")" 1
	done <<-'END'
		-nosmimecap -nodetach -outform der
		-nodetach -noattr -outform der
		-outform -noattr -nodetach -outform pem
		-outform -noattr -nodetach
		-stream -noattr -nodetach -stream -outform der
	END
	cp p.pol q.pol
	openssl cms -sign -binary -noattr -nodetach -outform der -in p.pol -out p.p7b \
		-signer "$cert" -inkey "$key" -keyopt rsa_padding_mode:pss
	# ... and it is not compared with the others
	run --separate-stderr ipe-check q.pol p.p7b
	assert_failure 1
	assert_output 'q.pol: p 1.0.0, 0 rules'
	assert_equal "$(wc -l <<<"$stderr")" 1
	run --separate-stderr ipe-check p.p7b
	assert_failure 1
	assert_regex "$stderr" '^p\.p7b: error: '
}

@test "an empty file and one that is too long are errors" {
	: >p.pol
	run --separate-stderr ipe-check p.pol
	assert_failure 1
	assert_regex "$stderr" '^p\.pol: error: .*empty'
	{
		printf '%s\n' "$good"
		head -c 65535 /dev/zero | tr '\0' '#'
	} >all
	head -c 65535 all >p.pol
	run --separate-stderr ipe-check p.pol
	assert_success
	head -c 65536 all >p.pol
	for file in p.pol -; do
		run --separate-stderr ipe-check "$file" <p.pol
		assert_failure 1
		assert_output ''
		assert_regex "$stderr" "^$file: error: .*65,?535"
		assert_equal "$(wc -l <<<"$stderr")" 1
	done
}

@test "wrong usage has a status of its own" {
	for arguments in '' '-x a' '-l a' '-R' '-R / a' '--verbose a'; do
		# shellcheck disable=SC2086 # arguments are words
		run --separate-stderr ipe-check $arguments
		assert_failure 2
		assert_output ''
		assert_regex "$stderr" '^ipe-check: .*
usage: ipe-check \[-lquvW\] \[-R DIR\] \[FILE\]\.\.\.$'
	done
	run --separate-stderr ipe-check -l -R ''
	assert_failure 2
	assert_output ''
	assert_regex "$stderr" '^ipe-check: -R needs a directory'
	for option in --help --version; do
		run --separate-stderr ipe-check $option
		assert_success
		assert_said ''
		assert_regex "$output" 'ipe-check '
	done
}

@test "output that cannot be written is a failure" {
	printf '%s\n' "$good" >p.pol
	run --separate-stderr bash -c 'ipe-check -v p.pol >/dev/full'
	assert_failure 1
	assert_said 'ipe-check: standard output: cannot be written'
	run --separate-stderr bash -c 'ipe-check --help >/dev/full'
	assert_failure
	mkdir -p etc/ipe/initrd
	sign_policy p.pol etc/ipe/initrd/p.p7b
	run --separate-stderr bash -c 'ipe-check -l -R . >/dev/full'
	assert_failure 1
	assert_said 'ipe-check: standard output: cannot be written'
}

@test "-v prints what the policy decides" {
	check -v "$header
DEFAULT action=ALLOW

op=EXECUTE fsverity_digest=sha256:$(printf '%064d' 0) action=DENY
op=EXECUTE boot_verified=TRUE action=ALLOW
op=EXECUTE dmverity_signature=TRUE action=ALLOW
op=EXECUTE fsverity_signature=TRUE action=ALLOW
DEFAULT op=EXECUTE action=DENY
op=KMODULE dmverity_signature=FALSE boot_verified=FALSE action=DENY
DEFAULT op=POLICY action=DENY"
	assert_success
	assert_output 'p.pol: p 1.0.0, 5 rules
                 initramfs nowhere   dm-verity dm-verity fs-verity fs-verity
                                     signed    unsigned  signed    unsigned
EXECUTE          ALLOW 5   deny 8    ALLOW 6   deny 8    ALLOW 7   deny 8 and by digest
FIRMWARE         ALLOW 2   ALLOW 2   ALLOW 2   ALLOW 2   ALLOW 2   ALLOW 2
KMODULE          ALLOW 2   deny 9    ALLOW 2   deny 9    deny 9    deny 9
KEXEC_IMAGE      ALLOW 2   ALLOW 2   ALLOW 2   ALLOW 2   ALLOW 2   ALLOW 2
KEXEC_INITRAMFS  ALLOW 2   ALLOW 2   ALLOW 2   ALLOW 2   ALLOW 2   ALLOW 2
POLICY           deny 10   deny 10   deny 10   deny 10   deny 10   deny 10
X509_CERT        ALLOW 2   ALLOW 2   ALLOW 2   ALLOW 2   ALLOW 2   ALLOW 2'
}

# ---- images

# Puts a signed policy NAME VERSION at a path below ./root; more lines may follow.
put() {
	mkdir -p "root/${3%/*}"
	printf '%s\n' "policy_name=$1 policy_version=$2" "${4:-DEFAULT action=ALLOW
DEFAULT op=KEXEC_IMAGE action=DENY}" >text
	sign_policy text "root/$3"
}

lists() {
	run --separate-stderr ipe-check -l "$@" -R "$BATS_TEST_TMPDIR/root"
}

@test "-l lists the policies that go into an initramfs" {
	put b 1.0.0 usr/lib/ipe/initrd/b.p7b
	put a 1.0.0 etc/ipe/initrd/with\ blank.p7b
	put c 1.0.0 etc/ipe/c.p7b
	lists
	assert_success
	assert_output "$BATS_TEST_TMPDIR/root/usr/lib/ipe/initrd/b.p7b
$BATS_TEST_TMPDIR/root/etc/ipe/initrd/with blank.p7b"
	assert_said ''
}

@test "-l without any policy has a status of its own" {
	mkdir root
	lists
	assert_failure 3
	assert_output ''
	assert_said ''
	run --separate-stderr ipe-check -l -R /nonexistent
	assert_failure 1
	assert_said 'ipe-check: /nonexistent: cannot be opened: it does not exist'
}

@test "a slash after the system root is dropped" {
	put b 1.0.0 etc/ipe/initrd/b.p7b
	run --separate-stderr ipe-check -lR "$BATS_TEST_TMPDIR/root//"
	assert_success
	assert_output "$BATS_TEST_TMPDIR/root/etc/ipe/initrd/b.p7b"
}

@test "-l with an error fails, and does not list what is broken" {
	put a 1.0.0 etc/ipe/initrd/a.p7b
	put b 1.0.0 etc/ipe/initrd/b.p7b 'DEFAULT action=alow'
	lists
	assert_failure 1
	assert_output "$BATS_TEST_TMPDIR/root/etc/ipe/initrd/a.p7b"
	assert_said "$BATS_TEST_TMPDIR/root/etc/ipe/initrd/b.p7b:2:16: error: unknown action \"alow\"; did you mean ALLOW?"
	ln -sf /nothing root/etc/ipe/initrd/b.p7b
	lists
	assert_failure 1
	assert_said "ipe-check: $BATS_TEST_TMPDIR/root/etc/ipe/initrd/b.p7b: is a link to nothing"
}

@test "-l fails when nothing could run in the initramfs" {
	put a 1.0.0 etc/ipe/initrd/a.p7b 'DEFAULT action=DENY'
	lists
	assert_failure 1
	assert_regex "$stderr" "a.p7b:2: error: EXECUTE is denied to files of the initramfs: nothing can run there"
	# ... but only the last one is activated
	put b 2.0.0 etc/ipe/initrd/b.p7b
	lists
	assert_success
	assert_regex "$stderr" "a.p7b:2: warning: EXECUTE is denied"
}

@test "-l refuses a path that cannot be listed" {
	put a 1.0.0 $'etc/ipe/initrd/a\nb.p7b'
	lists
	assert_failure 1
	assert_output ''
	assert_said "$BATS_TEST_TMPDIR/root/etc/ipe/initrd/a\\x0ab.p7b: error: a path with a line feed cannot be listed"
}

@test "-l -v prints the table beside the list" {
	put a 1.0.0 etc/ipe/initrd/a.p7b
	lists -v
	assert_success
	assert_output "$BATS_TEST_TMPDIR/root/etc/ipe/initrd/a.p7b"
	assert_regex "$stderr" 'EXECUTE          ALLOW 2 '
}

@test "-l refuses what is not signed, though its text is good" {
	mkdir -p root/etc/ipe/initrd
	printf '%s\n' "$good" >root/etc/ipe/initrd/a.p7b
	lists
	assert_failure 1
	assert_output ''
	assert_regex "$stderr" 'initrd/a\.p7b: error: not signed \(sign with'
}

@test "-l -v says whose table it is, and prints none for the real root's policy" {
	put a 1.0.0 etc/ipe/initrd/a.p7b
	put f 2.0.0 etc/ipe/final/f.p7b 'DEFAULT action=DENY'
	lists -v
	assert_success
	assert_regex "$stderr" "initrd/a\\.p7b: a 1\\.0\\.0, 0 rules, signed by .*"
	refute_regex "$stderr" 'EXECUTE +deny'
	refute_regex "$stderr" 'f 2\.0\.0'
}

@test "policies in plain ipe/ are listed with a warning: systemd loads them again" {
	put site 1.0.0 etc/ipe/site.p7b
	lists
	assert_success
	assert_output "$BATS_TEST_TMPDIR/root/etc/ipe/site.p7b"
	assert_said "$BATS_TEST_TMPDIR/root/etc/ipe/site.p7b: warning: systemd 257 and later loads this again in the real root, and stops: move it to ipe/initrd/"
	mv root/etc/ipe/site.p7b root/etc/ipe/sita.p7b
	lists -W
	assert_failure 1
	assert_said "$BATS_TEST_TMPDIR/root/etc/ipe/sita.p7b: error: systemd 257 and later loads this again in the real root, and stops: move it to ipe/initrd/
$BATS_TEST_TMPDIR/root/etc/ipe/sita.p7b: error: systemd 257 and later stops the boot: not named after its policy"
}

@test "a pair for initramfs and hand-over is checked together" {
	cp "$top/applet/examples/initrd.pol" "$top/applet/examples/final.pol" .
	mkdir -p root/etc/ipe/initrd root/etc/ipe/final
	sign_policy initrd.pol root/etc/ipe/initrd/initrd.p7b
	sign_policy final.pol root/etc/ipe/final/final.p7b
	lists -W
	assert_success
	assert_output "$BATS_TEST_TMPDIR/root/etc/ipe/initrd/initrd.p7b"
	assert_said ''

	sed 's/2\.0\.0/1.0.0/' final.pol >low.pol
	sign_policy low.pol root/etc/ipe/final/final.p7b
	lists -q
	assert_failure 1
	assert_said "$BATS_TEST_TMPDIR/root/etc/ipe/final/final.p7b: error: the hand-over needs a higher version than that of $BATS_TEST_TMPDIR/root/etc/ipe/initrd/initrd.p7b"

	# One for both, which stays active.
	sign_policy final.pol root/etc/ipe/final/final.p7b
	{
		cat final.pol
		echo '# other'
	} >other.pol
	sign_policy other.pol root/etc/ipe/final/a.p7b
	lists -q
	assert_failure 1
	assert_said "$BATS_TEST_TMPDIR/root/etc/ipe/final/final.p7b: error: has the same policy_name and policy_version as $BATS_TEST_TMPDIR/root/etc/ipe/final/a.p7b, and another text"
	rm root/etc/ipe/final/a.p7b
	cp root/etc/ipe/final/final.p7b root/etc/ipe/initrd/initrd.p7b
	lists -q
	refute_regex "$stderr" 'needs a higher version'
	sign_policy initrd.pol root/etc/ipe/initrd/initrd.p7b

	sed 's/=initrd/=final/; s/1\.0\.0/2.0.0/' initrd.pol >trusting.pol
	sign_policy trusting.pol root/etc/ipe/final/final.p7b
	lists -q
	assert_failure 1
	assert_said "$BATS_TEST_TMPDIR/root/etc/ipe/final/final.p7b:18: error: the hand-over refuses this: it favours files of the initramfs (do without boot_verified)"
}

@test "to -l an empty policy is an error, and only a link to /dev/null is a mask" {
	local empty
	for empty in etc/ipe/initrd/a.p7b usr/lib/ipe/a.p7b etc/ipe/final/a.p7b; do
		rm -rf root
		mkdir -p "root/${empty%/*}"
		: >"root/$empty"
		lists
		assert_failure 1
		assert_output ''
		assert_said "ipe-check: $BATS_TEST_TMPDIR/root/$empty: is empty (a link to /dev/null masks a policy)"
		ln -sf /dev/null "root/$empty"
		lists
		assert_failure 3
		assert_said ''
	done
	# Nor does it hide a good one, or pass beside one.
	rm -rf root
	put a 1.0.0 usr/lib/ipe/initrd/a.p7b
	put b 1.0.0 usr/lib/ipe/initrd/b.p7b
	mkdir -p root/etc/ipe/initrd
	: >root/etc/ipe/initrd/a.p7b
	lists
	assert_failure 1
	assert_output "$BATS_TEST_TMPDIR/root/usr/lib/ipe/initrd/b.p7b"
	assert_said "ipe-check: $BATS_TEST_TMPDIR/root/etc/ipe/initrd/a.p7b: is empty (a link to /dev/null masks a policy)"
}

misnamed='not named *.p7b, so it is not loaded (rename it, or move it elsewhere)'

@test "-l refuses a signed policy whose name keeps it from being loaded" {
	local name directory
	for name in site.p7s site.P7B site.p7b.cred site .site.p7b .p7b; do
		for directory in etc/ipe/initrd run/ipe usr/lib/ipe/final; do
			rm -rf root
			put site 1.0.0 "$directory/$name"
			lists
			assert_failure 1
			assert_output ''
			assert_said "$BATS_TEST_TMPDIR/root/$directory/$name: error: $misnamed"
		done
	done
	# Also beside one that is loaded, by a link, and when the kernel would refuse it.
	rm -rf root
	put a 1.0.0 etc/ipe/initrd/a.p7b
	put b 1.0.0 srv/b
	ln -s ../../../srv/b root/etc/ipe/initrd/b.p7s
	openssl smime -sign -binary -nodetach -outform der -signer "$(cert_file trusted)" \
		-inkey "$(key_file trusted)" -in text -out root/etc/ipe/initrd/c
	lists
	assert_failure 1
	assert_output "$BATS_TEST_TMPDIR/root/etc/ipe/initrd/a.p7b"
	assert_said "$BATS_TEST_TMPDIR/root/etc/ipe/initrd/b.p7s: error: $misnamed
$BATS_TEST_TMPDIR/root/etc/ipe/initrd/c: error: $misnamed"
}

@test "-l reports a directory that has files, but none of the right name" {
	local directory name
	printf '%s\n' "$good" >text
	sign_policy text signed
	for directory in etc/ipe/initrd usr/lib/ipe/initrd etc/ipe/final; do
		for name in site.pol site.pem site.eml site.new site.p7 README; do
			rm -rf root
			mkdir -p "root/$directory"
			case $name in
			site.pol) printf '%s\n' "$good" ;;
			site.pem) openssl smime -sign -nodetach -outform pem -signer "$(cert_file trusted)" \
				-inkey "$(key_file trusted)" -in text ;;
			site.eml) openssl smime -sign -signer "$(cert_file trusted)" \
				-inkey "$(key_file trusted)" -in text ;;
			site.p7) head -c 700 signed ;;
			README) echo notes ;;
			esac >"root/$directory/$name"
			lists
			assert_failure 1
			assert_said "$BATS_TEST_TMPDIR/root/$directory/$name: error: $misnamed"
		done
	done
	# The policies of plain ipe/ would be taken instead.
	put a 1.0.0 etc/ipe/a.p7b
	mkdir -p root/etc/ipe/initrd
	printf '%s\n' "$good" >root/etc/ipe/initrd/site.pol
	lists
	assert_failure 1
	rm -r root
	mkdir -p root/etc/ipe/initrd
	touch root/etc/ipe/initrd/.keep
	lists
	assert_failure 3
}

@test "of several files with the same policy_name the newest counts, wherever it is in the list" {
	put site 9.0.0 etc/ipe/initrd/a.p7b 'DEFAULT action=ALLOW'
	put site 1.0.0 etc/ipe/initrd/b.p7b $'DEFAULT action=ALLOW\nDEFAULT op=EXECUTE action=DENY'
	lists
	assert_success
	put site 1.0.0 etc/ipe/initrd/a.p7b 'DEFAULT action=ALLOW'
	put site 9.0.0 etc/ipe/initrd/b.p7b $'DEFAULT action=ALLOW\nDEFAULT op=EXECUTE action=DENY'
	mv root/etc/ipe/initrd/b.p7b root/etc/ipe/initrd/0.p7b
	lists
	assert_failure 1
	assert_regex "$stderr" '0.p7b:[0-9]+: error: EXECUTE is denied to files of the initramfs'
	# The one that the hand-over meets is the newest, too.
	put site 9.0.0 etc/ipe/initrd/0.p7b 'DEFAULT action=ALLOW'
	put final 2.0.0 usr/lib/ipe/final/final.p7b 'DEFAULT action=ALLOW'
	lists
	assert_failure 1
	assert_regex "$stderr" 'final.p7b: error: the hand-over needs a higher version than that of .*/0.p7b'
	# Without one for the initramfs there is nothing to be higher than.
	rm -r root/etc
	lists
	assert_failure 3
}

@test "-l ignores files that are not signed policies, and those that are masked or hidden" {
	put a 1.0.0 etc/ipe/initrd/a.p7b
	cd root/etc/ipe/initrd || return
	cp "$(cert_file trusted)" cert.pem
	openssl x509 -in cert.pem -outform der -out cert.der
	openssl smime -sign -binary -outform der -signer cert.pem -inkey "$(key_file trusted)" \
		-in ../../../../text -out detached.p7s
	printf '%s\n' "$good" >a.pol
	: >empty
	printf 0 >zero
	head -c 70000 /dev/urandom >noise
	mkdir directory.p7s
	mkfifo fifo
	ln -s /nowhere nowhere
	ln -s circle circle
	cd "$BATS_TEST_TMPDIR" || return
	# The first one of a name counts, as with policies.
	put b 1.0.0 usr/lib/ipe/initrd/b.p7s
	put c 1.0.0 usr/lib/ipe/initrd/c.p7s
	ln -s /dev/null root/etc/ipe/initrd/b.p7s
	: >root/etc/ipe/initrd/c.p7s
	run --separate-stderr timeout 10 ipe-check -lW -R "$BATS_TEST_TMPDIR/root"
	assert_success
	assert_output "$BATS_TEST_TMPDIR/root/etc/ipe/initrd/a.p7b"
	assert_said ''
}

@test "with a hand-over, a policy in plain ipe/ draws a warning: systemd may not load it" {
	put a 1.0.0 etc/ipe/initrd/a.p7b
	put final 2.0.0 usr/lib/ipe/final/final.p7b
	put b 1.0.0 usr/lib/ipe/b.p7b
	lists
	assert_success
	assert_said "$BATS_TEST_TMPDIR/root/usr/lib/ipe/b.p7b: warning: systemd 257 and later cannot load this after the hand-over, and stops: move it to ipe/initrd/"
}

# ---- cost

# Instructions of the whole of ipe-check for the text on standard input.
instructions() {
	valgrind --tool=callgrind --callgrind-out-file=callgrind ipe-check -q - >/dev/null 2>log ||
		fail "$(cat log)"
	sed -n 's/^\(summary\|totals\): //p' callgrind | head -n 1
}

@test "ten times the text costs ten times the work" {
	for pattern in 'op=EXECUTE dmverity_roothash=sha256:%064d action=DENY' \
		'op=EXECUTE dmverity_roothash=sha1:%040d fsverity_digest=:00 action=DENY' \
		'op=KMODULE dmverity_roothash=sha256:%064d fsverity_digest=sha256:%064d action=ALLOW' \
		'op=POLICY dmverity_roothash=:%04d action=DENY' \
		'op=POLICY boot_verified=TRUE fsverity_signature=FALSE action=DENY # %d'; do
		for length in 6000 60000; do
			{
				printf '%s\nDEFAULT action=ALLOW\n' "$header"
				# shellcheck disable=SC2059 # the pattern is a format
				printf "$pattern\n" {1..2000} | head -c "$((length - 60))" | sed '$d'
			} >text
			cost=$(instructions <text)
			each[length]=$((cost * 1000 / $(wc -c <text)))
		done
		echo "# per 1000 bytes: ${each[6000]}, ${each[60000]}: $pattern"
		((each[6000] > 1000))
		((each[60000] * 10 <= each[6000] * 12))
	done
}

@test "a message that is too long is cut, and is still one line" {
	local said
	check "policy_name=$(printf 'a%.0s' {1..7000}) policy_version=1.0.0
DEFAULT action=ALLOW"
	said=$(ipe-check p.pol 2>&1 >/dev/null | head -n 1)
	[[ $said == 'p.pol:1:13: error: policy_name "aaa'*a ]] || fail "$said"
	# with its line feed
	assert_equal "$(ipe-check p.pol 2>&1 >/dev/null | head -n 1 | wc -c)" 6144
}
