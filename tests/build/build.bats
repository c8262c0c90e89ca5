#!/usr/bin/env bats
#
# build.bats - what make builds, signs, embeds and installs
#
# SPDX-License-Identifier: MIT

bats_load_library bats-support
bats_load_library bats-assert
bats_load_library bats-file

setup_file() {
	TOP=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
	BUILD=${BUILD:-build}
	[[ $BUILD == /* ]] || BUILD=$TOP/$BUILD
	DIR=$BUILD/tests/build
	export TOP BUILD DIR
	rm -rf "$DIR"
	mkdir -p "$DIR"
	. "$TOP/tests/vm/keys.bash"
	cp "$(key_file untrusted)" "$DIR/key.pem"
	cp "$(cert_file untrusted)" "$DIR/cert.pem"
	printf 'policy_name=site policy_version=1.2.3\nDEFAULT action=ALLOW\n' >"$DIR/site.pol"
	sed 's/site/other/; s/ALLOW/DENY/' "$DIR/site.pol" >"$DIR/other.pol"
}

setup() {
	bats_require_minimum_version 1.5.0
}

# m ARGUMENT...: make, in a build directory of the test's own.
m() {
	make -C "$TOP" --no-print-directory BUILD="$DIR/b" "$@"
}

@test "the binary is static, stripped and has no interpreter" {
	m >/dev/null
	run -0 file -b "$DIR/b/ipe-load"
	assert_output --partial 'statically linked'
	refute_output --partial 'not stripped'
	run readelf -lW "$DIR/b/ipe-load"
	refute_output --partial INTERP
	# No page is writable and executable.
	refute_output --regexp 'LOAD.* RWE '
}

@test "the binary has not grown past 49,152 bytes" {
	m >/dev/null
	size=$(stat -c %s "$DIR/b/ipe-load")
	echo "# $size bytes" >&3
	assert [ "$size" -le 49152 ]
}

@test "the same source and policy give the same bytes" {
	m POLICY=applet/examples/initrd.pol KEY="$DIR/key.pem" CERT="$DIR/cert.pem" >/dev/null
	cp "$DIR/b/policy/initrd.p7b" "$DIR/same.p7b"
	make -C "$TOP" BUILD="$DIR/one" POLICY="$DIR/same.p7b" >/dev/null
	make -C "$TOP" BUILD="$DIR/two" POLICY="$DIR/same.p7b" >/dev/null
	cmp "$DIR/one/ipe-load" "$DIR/two/ipe-load"
}

@test "it builds with clang, from the same musl" {
	make -C "$TOP" BUILD="$DIR/clang" CC=clang >/dev/null
	run -0 file -b "$DIR/clang/ipe-load"
	assert_output --partial 'statically linked'
	run -0 "$DIR/clang/ipe-load" --version
	run -0 "$DIR/clang/ipe-check" "$DIR/site.pol"
	# The C library of the machine is ten times as long.
	assert [ "$(stat -c %s "$DIR/clang/ipe-load")" -lt 60000 ]
}

@test "it builds with plain gcc, from the same musl" {
	make -C "$TOP" BUILD="$DIR/gcc" CC=gcc >/dev/null
	run -0 "$DIR/gcc/ipe-check" "$DIR/site.pol"
	assert [ "$(stat -c %s "$DIR/gcc/ipe-load")" -lt 49152 ]
}

@test "without a static C library the error says what to install" {
	mkdir -p "$DIR/no-libc"
	run -2 make -C "$TOP" BUILD="$DIR/no-libc/b" CC=gcc MUSL= LDFLAGS=-L/nowhere\ -nodefaultlibs\ -lnone
	assert_output --partial 'Debian: musl-tools'
}

@test "make a.p7b checks and signs a.pol" {
	rm -f "$DIR/site.p7b"
	run -0 m "$DIR/site.p7b" KEY="$DIR/key.pem" CERT="$DIR/cert.pem"
	run -0 "$DIR/b/host/ipe-check" "$DIR/site.p7b"
	assert_output --partial 'site 1.2.3'
	rm "$DIR/site.p7b"
}

@test "without KEY= and CERT= make a.p7b says so" {
	run -2 m "$DIR/site.p7b"
	assert_output --partial 'signing needs KEY=key.pem and CERT=cert.pem'
	assert_not_exist "$DIR/site.p7b"
}

@test "a policy that ipe-check refuses is not signed" {
	sed 's/ALLOW/ALOW/' "$DIR/site.pol" >"$DIR/bad.pol"
	run -2 m "$DIR/bad.p7b" KEY="$DIR/key.pem" CERT="$DIR/cert.pem"
	assert_output --regexp 'bad\.pol:2:16: error: '
	assert_not_exist "$DIR/bad.p7b"
}

@test "a certificate of another key leaves openssl's message and no half-written file" {
	. "$TOP/tests/vm/keys.bash"
	run -2 m "$DIR/site.p7b" KEY="$DIR/key.pem" CERT="$(cert_file untrusted-leaf)"
	assert_output --partial 'openssl\|smime\|key' || assert_output --regexp '[Kk]ey'
	run find "$DIR" -maxdepth 1 -name 'site.p7b*'
	refute_output
}

@test "a key with a pass phrase that is not given leaves no half-written file" {
	openssl pkey -in "$DIR/key.pem" -aes128 -passout pass:secret -out "$DIR/locked.pem"
	run -2 m "$DIR/site.p7b" KEY="$DIR/locked.pem" CERT="$DIR/cert.pem" </dev/null
	run find "$DIR" -maxdepth 1 -name 'site.p7b*'
	refute_output
}

@test "make POLICY= embeds signed policies, and a plain one after signing it" {
	m "$DIR/other.p7b" KEY="$DIR/key.pem" CERT="$DIR/cert.pem" >/dev/null
	run -0 m POLICY="$DIR/site.pol $DIR/other.p7b" KEY="$DIR/key.pem" CERT="$DIR/cert.pem"
	run -0 "$DIR/b/ipe-load" -n
	assert_line --partial 'site.p7b: site 1.2.3'
	assert_line --partial 'other.p7b: other 1.2.3'
}

@test "two plain policies of one file name are an error, not one of them twice" {
	mkdir -p "$DIR/elsewhere"
	cp "$DIR/other.pol" "$DIR/elsewhere/site.pol"
	run -2 m POLICY="$DIR/site.pol $DIR/elsewhere/site.pol" KEY="$DIR/key.pem" CERT="$DIR/cert.pem"
	assert_output --partial 'POLICY: two files have the name site.pol'
}

@test "a changed POLICY is embedded, and none at all is none" {
	m POLICY="$DIR/other.p7b" >/dev/null
	run -0 "$DIR/b/ipe-load" -n
	refute_output --partial 'site 1.2.3'
	assert_output --partial 'other 1.2.3'
	m >/dev/null
	run -3 "$DIR/b/ipe-load" -n
}

@test "a changed text of an embedded policy is signed and embedded anew" {
	m POLICY="$DIR/site.pol" KEY="$DIR/key.pem" CERT="$DIR/cert.pem" >/dev/null
	sleep 1
	sed -i 's/1\.2\.3/1.2.4/' "$DIR/site.pol"
	m POLICY="$DIR/site.pol" KEY="$DIR/key.pem" CERT="$DIR/cert.pem" >/dev/null
	run -0 "$DIR/b/ipe-load" -n
	assert_output --partial 'site 1.2.4'
}

@test "a policy that ipe-check refuses fails the build" {
	head -c 300 "$DIR/other.p7b" >"$DIR/cut.p7b"
	run -2 m POLICY="$DIR/cut.p7b"
	assert_output --partial 'cut.p7b: error: '
	m >/dev/null
}

@test "policies that ipe-load would refuse together, and unsigned ones, fail the build" {
	sed 's/ALLOW/DENY/' "$DIR/site.pol" >"$DIR/site-too.pol"
	run -2 m POLICY="$DIR/site.pol $DIR/site-too.pol" KEY="$DIR/key.pem" CERT="$DIR/cert.pem"
	assert_output --partial 'has the same policy_name and policy_version as'
	cp "$DIR/site.pol" "$DIR/plain.p7b"
	run -2 m POLICY="$DIR/plain.p7b"
	assert_output --partial 'plain.p7b: error: '
	m >/dev/null
}

@test "another compiler rebuilds all of it, the embedded policies too" {
	m POLICY="$DIR/other.p7b" >/dev/null
	m POLICY="$DIR/other.p7b" CC=clang >/dev/null
	run -0 "$DIR/b/ipe-load" -n
	assert_output --partial 'other 1.2.3'
	m POLICY="$DIR/other.p7b" >/dev/null
}

@test "LOCKED=0 is refused, since it would be taken for LOCKED=1" {
	run -2 m LOCKED=0
	assert_output --partial 'LOCKED=0: set it to 1, or leave it empty'
}

@test "changing LOCKED, SEAL_DM, NEXT_INIT or CFLAGS rebuilds" {
	m >/dev/null
	for change in LOCKED=1 SEAL_DM=1 NEXT_INIT=/bin/next CFLAGS=-O2; do
		cp "$DIR/b/ipe-load" "$DIR/before"
		m "$change" >/dev/null
		run ! cmp -s "$DIR/before" "$DIR/b/ipe-load"
	done
	run -0 m
	run -0 m
	refute_output --partial LINK
}

@test "make install installs what was built, uninstall leaves nothing" {
	m POLICY="$DIR/other.p7b" >/dev/null
	cp "$DIR/b/ipe-load" "$DIR/built"
	run -0 m install DESTDIR="$DIR/root"
	cmp "$DIR/built" "$DIR/root/usr/sbin/ipe-load"
	run -0 "$DIR/root/usr/bin/ipe-check" --version
	assert_output --partial ipe-check
	run -0 "$DIR/root/usr/sbin/ipe-status" --version
	assert_output --partial ipe-status
	for page in man8/ipe-load.8 man1/ipe-check.1 man8/ipe-status.8; do
		assert_file_exist "$DIR/root/usr/share/man/$page"
	done
	assert_file_exist "$DIR/root/usr/share/doc/ipe-load/examples/initrd.pol"
	touch "$DIR/root/usr/share/doc/ipe-load/site-notes"
	run -0 m uninstall DESTDIR="$DIR/root"
	run -0 find "$DIR/root" ! -type d
	assert_output "$DIR/root/usr/share/doc/ipe-load/site-notes"
}

@test "make help lists the targets" {
	run -0 m help
	for target in demo check check-fast size install uninstall clean; do
		assert_output --partial "$target"
	done
}
