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
	make -C "$TOP" -j "$(nproc)" --no-print-directory BUILD="$DIR/b" "$@"
}

@test "the binary is static, stripped and has no interpreter" {
	m >/dev/null
	run -0 file -b "$DIR/b/ipe-load"
	# file's words for a program that may lie at any address, and for one that may not.
	assert_output --regexp '(static-pie|statically) linked'
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
	m POLICY="$DIR/same.p7b" >/dev/null
	make -C "$TOP" BUILD="$DIR/elsewhere" POLICY="$DIR/same.p7b" >/dev/null
	cmp "$DIR/b/ipe-load" "$DIR/elsewhere/ipe-load"
}

# built_with NAME ARGUMENT...: make in a directory of its own, NAME; print what the linker wrote of it.
built_with() {
	local name=$1
	shift
	make -s -C "$TOP" BUILD="$DIR/$name" "$@" >&2 && "$DIR/$name/ipe-load" --version >&2 || return
	readelf -hldW "$DIR/$name/ipe-load"
}

# canaries FILE: how often it takes its canary from where the C library has put it.
canaries() {
	objdump -d "$1" | grep -c '%fs:0x28'
}

@test "the default lies at a fixed address and needs no loader" {
	run -0 built_with bare
	assert_output --regexp 'Type: +EXEC'
	refute_output --partial INTERP
}

@test "a packager's hardening flags arrive in the binary" {
	run -0 built_with hardened CFLAGS="-O2 -fstack-protector-strong -fPIE" \
		LDFLAGS="-static-pie -Wl,-z,relro,-z,now"
	assert_output --regexp 'Type: +DYN'
	assert_output --partial GNU_RELRO
	assert_output --partial BIND_NOW
	refute_output --partial INTERP
	refute_output --partial NEEDED
	run -0 built_with bare
	assert [ "$(canaries "$DIR/hardened/ipe-load")" -gt "$(($(canaries "$DIR/bare/ipe-load") + 10))" ]
	# With LDFLAGS of his own nothing is stripped: his tools keep the symbols apart.
	run -0 nm "$DIR/hardened/ipe-load"
	assert_output --regexp ' [tT] __stack_chk_fail'
	run -0 "$DIR/hardened/ipe-check" "$DIR/site.pol"
	assert_output --partial 'site 1.2.3'
}

@test "it builds and runs with Debian's own flags, all hardening among them" {
	local flag flags=()
	for flag in CFLAGS CPPFLAGS LDFLAGS; do
		flags+=("$flag=$(DEB_BUILD_MAINT_OPTIONS=hardening=+all dpkg-buildflags --get "$flag")")
	done
	[[ "${flags[*]}" == *-z,now* && "${flags[*]}" == *-D_FORTIFY_SOURCE=2* ]]
	# Some add -pie, which alone asks for a dynamic loader.
	run -0 built_with debian "${flags[@]/LDFLAGS=/LDFLAGS=-pie }"
	assert_output --regexp 'Type: +DYN'
	assert_output --partial GNU_RELRO
	assert_output --partial BIND_NOW
	refute_output --partial INTERP
	assert [ "$(canaries "$DIR/debian/ipe-load")" -gt "$(($(canaries "$DIR/bare/ipe-load") + 10))" ]
	run -0 "$DIR/debian/ipe-check" "$DIR/site.pol"
}

@test "it builds and runs with Fedora's flags" {
	# -fPIE and -pie come from specs files there.
	run -0 built_with fedora CFLAGS="-O2 -flto=auto -ffat-lto-objects -fexceptions -g -grecord-gcc-switches \
		-pipe -Wall -Werror=format-security -Wp,-U_FORTIFY_SOURCE,-D_FORTIFY_SOURCE=3 \
		-Wp,-D_GLIBCXX_ASSERTIONS -fstack-protector-strong -m64 -march=x86-64 -mtune=generic \
		-fasynchronous-unwind-tables -fstack-clash-protection -fcf-protection -fno-omit-frame-pointer -fPIE" \
		LDFLAGS="-pie -Wl,-z,relro -Wl,--as-needed -Wl,-z,pack-relative-relocs -Wl,-z,now -Wl,--build-id=sha1"
	assert_output --regexp 'Type: +DYN'
	assert_output --partial GNU_RELRO
	assert_output --partial BIND_NOW
	refute_output --partial INTERP
	run -0 "$DIR/fedora/ipe-check" "$DIR/site.pol"
}

@test "it builds with clang, from the same musl" {
	# "make -s" is silent: no flag is one that clang does not know or use.
	run -0 make -s -C "$TOP" BUILD="$DIR/clang" CC=clang
	refute_output
	run -0 file -b "$DIR/clang/ipe-load"
	assert_output --regexp '(static-pie|statically) linked'
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
	run -2 make -C "$TOP" BUILD="$DIR/no-libc/b" CC=gcc CFLAGS= MUSL= LDFLAGS=-L/nowhere\ -nodefaultlibs\ -lnone
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

@test "a key whose passphrase is not given leaves no half-written file" {
	openssl pkey -in "$DIR/key.pem" -aes128 -passout pass:secret -out "$DIR/locked.pem"
	run -2 m "$DIR/site.p7b" KEY="$DIR/locked.pem" CERT="$DIR/cert.pem" </dev/null
	run find "$DIR" -maxdepth 1 -name 'site.p7b*'
	refute_output
}

# awkward NAME TEXT: a directory of its own with a blank in its name, and in it a policy, a key and a
# certificate whose names hold what a shell or make would take apart.
awkward() {
	AWKWARD=$DIR/$1\ it\'s
	AWKWARD_KEY=("KEY=$AWKWARD/a key:1;\$(x).pem" "CERT=$AWKWARD/a cert's #1.pem")
	rm -rf "$AWKWARD"
	mkdir "$AWKWARD"
	cp "$DIR/key.pem" "${AWKWARD_KEY[0]#KEY=}"
	cp "$DIR/cert.pem" "${AWKWARD_KEY[1]#CERT=}"
	cp "$DIR/other.pol" "$AWKWARD/my site.pol"
}

# token [PIN]: a token "a token" with the key "a key" in the place of this user's own, and its URI.
token() {
	export SOFTHSM2_CONF=$DIR/softhsm2.conf
	printf '%s\n' "directories.tokendir = $DIR/tokens" 'objectstore.backend = file' >"$SOFTHSM2_CONF"
	rm -rf "$DIR/tokens"
	mkdir "$DIR/tokens"
	softhsm2-util --init-token --free --label 'a token' --pin 73519 --so-pin 73519
	softhsm2-util --import "$DIR/key.pem" --token 'a token' --label 'a key' --id a1 --pin 73519
	export PKCS11_MODULE_PATH=/usr/lib/softhsm/libsofthsm2.so
	TOKEN_KEY='pkcs11:token=a token;object=a%20key?pin-value=73519'
}

@test "blanks and worse in the names of policy, key and certificate: make a.p7b" {
	awkward sign
	run -0 m "$AWKWARD/my site.p7b" "${AWKWARD_KEY[@]}"
	run -0 "$DIR/b/host/ipe-check" "$AWKWARD/my site.p7b"
	assert_output --partial 'other 1.2.3'
}

@test "blanks and worse in the names of policy, key, certificate and BUILD: make POLICY=" {
	awkward embed
	local arguments=(BUILD="$AWKWARD/my build" POLICY="${AWKWARD// /\\ }/my\\ site.pol $DIR/other.pol"
		"${AWKWARD_KEY[@]}")
	sed -i s/other/another/ "$AWKWARD/my site.pol"
	run -0 m "${arguments[@]}"
	run -0 "$AWKWARD/my build/ipe-load" -n
	assert_line --partial 'my site.p7b: another 1.2.3'
	assert_line --partial 'other.p7b: other 1.2.3'
	# Nothing is made again, until the text, the key or the certificate is another.
	run -0 m "${arguments[@]}"
	refute_output
	for file in "$AWKWARD/my site.pol" "${AWKWARD_KEY[@]#*=}"; do
		sleep 0.1
		touch "$file"
		run -0 m "${arguments[@]}"
		assert_output --partial 'SIGN    '"$AWKWARD/my build/policy/my site.p7b"
	done
}

@test "a key in a token signs, and its PIN is left nowhere" {
	token
	rm -f "$DIR/site.p7b"
	run -0 m "$DIR/site.p7b" KEY="$TOKEN_KEY" CERT="$DIR/cert.pem"
	run -0 "$DIR/b/host/ipe-check" "$DIR/site.p7b"
	assert_output --partial 'site 1.2.3'
	openssl smime -verify -inform der -in "$DIR/site.p7b" -noverify -certfile "$DIR/cert.pem" -binary \
		-out "$DIR/verified"
	cmp "$DIR/verified" "$DIR/site.pol"
	rm "$DIR/site.p7b"
	run -0 m POLICY="$DIR/site.pol" KEY="$TOKEN_KEY" CERT="$DIR/cert.pem"
	refute_output --partial 73519
	run -0 "$DIR/b/ipe-load" -n
	assert_output --partial 'site 1.2.3'
	run -1 grep -r 73519 "$DIR/b"
	run -0 m POLICY="$DIR/site.pol" KEY="$TOKEN_KEY" CERT="$DIR/cert.pem"
	refute_output
}

@test "a key that the token does not have leaves no half-written file" {
	token
	run -2 m "$DIR/site.p7b" KEY="${TOKEN_KEY/key/door}" CERT="$DIR/cert.pem"
	run find "$DIR" -maxdepth 1 -name 'site.p7b*'
	refute_output
}

@test "no part of KEY, CERT, POLICY or BUILD is run as a command" {
	local value n=0
	cp "$DIR/site.pol" "$DIR/owned.pol"
	# shellcheck disable=SC2016 # they must not be expanded
	for value in 'a;touch owned?x=1' 'a$(touch owned)' 'a`touch owned`' "a'; touch owned; '" 'a"; touch owned; "' \
		'a & touch owned & b' 'a$(shell touch owned)' '$$(touch owned)' 'a | touch owned'; do
		value=${value//owned/$DIR/was-run}
		for key in "pkcs11:$value" "$DIR/$value"; do
			run -2 m "$DIR/owned.p7b" KEY="$key" CERT="$DIR/cert.pem"
			run -2 m "$DIR/owned.p7b" KEY="$DIR/key.pem" CERT="$key"
			run -2 m POLICY="$DIR/owned.pol" KEY="$key" CERT="$key"
			run -2 m POLICY="$key.pol" KEY="$DIR/key.pem" CERT="$DIR/cert.pem"
			run -2 m POLICY="${key// /\\ }.p7b"
		done
		run make -C "$TOP" BUILD="$DIR/build $((n += 1)) ${value//\//_}" help clean
		assert_not_exist "$DIR/was-run"
		assert_not_exist "$DIR/owned.p7b"
	done
}

@test "make POLICY= embeds signed policies, and a plain one after signing it" {
	m "$DIR/other.p7b" KEY="$DIR/key.pem" CERT="$DIR/cert.pem" >/dev/null
	run -0 m POLICY="$DIR/site.pol $DIR/other.p7b" KEY="$DIR/key.pem" CERT="$DIR/cert.pem"
	run -0 "$DIR/b/ipe-load" -n
	assert_line --partial 'site.p7b: site 1.2.3'
	assert_line --partial 'other.p7b: other 1.2.3'
}

@test "two plain policies of one file name are an error, not one of them twice" {
	mkdir -p "$DIR/namesake"
	cp "$DIR/other.pol" "$DIR/namesake/site.pol"
	run -2 m POLICY="$DIR/site.pol $DIR/namesake/site.pol" KEY="$DIR/key.pem" CERT="$DIR/cert.pem"
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
	run -0 m POLICY="$DIR/other.p7b" CC=clang CFLAGS=
	assert_line --partial "CC      $DIR/b/obj/main.o"
	assert_line --partial "CC      $DIR/b/obj/embedded.o"
	run -0 "$DIR/b/ipe-load" -n
	assert_output --partial 'other 1.2.3'
}

@test "LOCKED=0 is refused, since it would be taken for LOCKED=1" {
	run -2 m LOCKED=0
	assert_output --partial 'LOCKED=0: set it to 1, or leave it empty'
}

@test "changing LOCKED, SEAL_DM, SEAL_EXEC, NEXT_INIT, CFLAGS or LDFLAGS rebuilds" {
	# What is not optimised is built in less time.
	m CFLAGS= >/dev/null
	for change in LOCKED=1 SEAL_DM=1 SEAL_EXEC=1 NEXT_INIT=/bin/next CFLAGS=-g LDFLAGS=; do
		cp "$DIR/b/ipe-load" "$DIR/before"
		m CFLAGS= "$change" >/dev/null
		run ! cmp -s "$DIR/before" "$DIR/b/ipe-load"
	done
	run -0 m
	run -0 m
	refute_output --partial LINK
}

@test "the embedded policies are written anew when the Makefile is another" {
	m >/dev/null
	run -0 m
	refute_output
	# As if it had been edited.
	run -0 m -W Makefile
	assert_output --partial EMBED
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
