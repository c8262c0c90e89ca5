# shellcheck shell=bash
#
# lib.bash - build initramfs trees, boot them once, and assert on what each step did
#
# A bats file loads it with "load lib" (or "load ../vm/lib"). README.md here shows a whole test.
#
# Everything a bats file makes is in $VM_DIR ($BUILD/vm/NAME-OF-THE-FILE). A "tree" is the directory
# $VM_DIR/NAME/tree that becomes the initramfs of the boot NAME; the vm_add functions work on
# the tree that vm_tree made last, whose path is $TREE.
#
# SPDX-License-Identifier: MIT

VM_HERE=$(cd "${BASH_SOURCE[0]%/*}" && pwd)
VM_TOP=$(cd "$VM_HERE/../.." && pwd)
BUILD=${BUILD:-build}
[[ $BUILD == /* ]] || BUILD=$VM_TOP/$BUILD
VM_ARCH=${VM_ARCH:-amd64}
# Another processor's programs are in a build directory of its own.
if [[ $VM_ARCH != amd64 && $BUILD != */"$VM_ARCH" ]]; then
	export CACHE=${CACHE:-$BUILD/cache}
	BUILD=$BUILD/$VM_ARCH
fi
export BUILD

# shellcheck source=keys.bash
. "$VM_HERE/keys.bash"

if [[ -n ${BATS_TEST_FILENAME:-} ]]; then
	bats_load_library bats-support
	bats_load_library bats-assert
	bats_load_library bats-file
	_vm_suite=${BATS_TEST_FILENAME##*/}
	VM_DIR=${VM_DIR:-$BUILD/vm/${_vm_suite%.bats}}
else
	VM_DIR=${VM_DIR:-$BUILD/vm/${0##*/}}
fi

# mkfs.ext4 and veritysetup are there, but on no user's PATH.
PATH=$PATH:/usr/sbin:/sbin

# ---- another processor than this machine's

# vm_foreign: print the directory with Debian's packages for $VM_ARCH: what guests run,
# and musl.
vm_foreign() {
	"$VM_TOP/tests/full/unpack" -d bookworm "$VM_ARCH" busybox-static cryptsetup-bin strace musl-dev
}

# vm_foreign_compiler: let make build for $VM_ARCH, also where it is called by a test.
vm_foreign_compiler() {
	local root
	[[ $VM_ARCH != amd64 ]] || return 0
	root=$(vm_foreign) || return 1
	export MAKEFLAGS=" -- CC=aarch64-linux-gnu-gcc MUSL=$root/usr/lib/aarch64-linux-musl"
}

# The commands are needed by every file, and tests call make themselves.
vm_foreign_compiler

# vm_libraries PROGRAM: print the libraries of a program of $VM_ARCH, its loader first: what is
# there, and where it belongs.
vm_libraries() {
	local root todo=("$1") done=' ' file name
	if [[ $VM_ARCH == amd64 ]]; then
		ldd "$1" 2>/dev/null | sed -n 's/[^/]*\(\/[^ ]*\).*/\1 \1/p'
		return
	fi
	root=$(vm_foreign) || return 1
	# The loader where the program wants it.
	name=$(readelf -lW "$1" 2>/dev/null | sed -n 's|.*interpreter: \(.*\)\]|\1|p')
	[[ -z $name ]] || echo "$root$name $name"
	while ((${#todo[@]})); do
		file=${todo[0]}
		todo=("${todo[@]:1}")
		for name in $(readelf -dW "$file" 2>/dev/null | sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p'); do
			[[ $done != *" $name "* ]] || continue
			done+="$name "
			file=$(find "$root/lib" "$root/usr/lib" -name "$name" | head -n 1)
			[[ -n $file ]] || {
				echo "vm_libraries: no $name for $1" >&2
				return 1
			}
			todo+=("$file")
			echo "$file ${file#"$root"}"
		done
	done
}

# vm_compile SOURCE OUT: build a C program for the guest with musl, static, unless OUT is newer.
vm_compile() {
	local command=(musl-gcc) root include
	local end=() options=(-std=c11 -D_GNU_SOURCE -Os -static -s -Wall -Wextra -Werror)
	[[ ! $2 -nt $1 ]] || return 0
	mkdir -p "${2%/*}" || return 1
	if [[ $VM_ARCH == amd64 ]]; then
		# The kernel's headers, which musl-gcc does not look for.
		options+=(-idirafter /usr/include -idirafter "/usr/include/$(uname -m)-linux-gnu")
	else
		root=$(vm_foreign)/usr/lib/aarch64-linux-musl || return 1
		command=(aarch64-linux-gnu-gcc)
		include=$("${command[@]}" -print-file-name=include)
		options+=(-nostdinc -isystem "$root/../../include/aarch64-linux-musl" -isystem "$include"
			-idirafter /usr/aarch64-linux-gnu/include -nostdlib "$root/crt1.o" "$root/crti.o")
		end=(-L"$root" '-Wl,--start-group' -lc -lgcc '-Wl,--end-group' "$root/crtn.o")
	fi
	"${command[@]}" "${options[@]}" -o "$2.$$" "$1" "${end[@]}" && mv "$2.$$" "$2"
}

# ---- trees

# vm_tree NAME: begin an empty tree for the boot NAME; sets $TREE.
vm_tree() {
	VM_NAME=$1
	TREE=$VM_DIR/$VM_NAME/tree
	rm -rf "${VM_DIR:?}/$VM_NAME"
	mkdir -p "$TREE"
}

# vm_copy_tree FROM NAME: begin a tree for the boot NAME as a copy of the one for the boot FROM, its
# steps included.
vm_copy_tree() {
	vm_tree "$2"
	cp -a "$VM_DIR/$1/tree/." "$TREE"
}

# vm_at DIRECTORY: let the vm_add functions work on DIRECTORY, for example a tree that another tool
# makes an image of, or one that was begun before ($VM_DIR/NAME/tree).
vm_at() {
	TREE=$1
	mkdir -p "$TREE"
}

# vm_add_file FILE PATH [MODE]: put FILE at PATH in the tree (default mode: FILE's own).
vm_add_file() {
	mkdir -p "$TREE/${2%/*}" && cp -L "$1" "$TREE/$2" || return 1
	if [[ -n ${3:-} ]]; then
		chmod "$3" "$TREE/$2"
	fi
}

# vm_add_text PATH [MODE]: put standard input at PATH in the tree (default mode 644).
vm_add_text() {
	mkdir -p "$TREE/${1%/*}" && cat >"$TREE/$1" && chmod "${2:-644}" "$TREE/$1"
}

# vm_add_busybox: BusyBox at /bin/busybox with a link in /bin for each of its applets that the tree
# does not have already.
vm_add_busybox() {
	local applet program
	program=$(command -v busybox)
	[[ $VM_ARCH == amd64 ]] || program=$(vm_foreign)/bin/busybox
	vm_add_file "$program" /bin/busybox || return 1
	# The same version here and there.
	for applet in $(busybox --list); do
		[[ -e $TREE/bin/$applet || -L $TREE/bin/$applet ]] ||
			ln -s busybox "$TREE/bin/$applet" || return 1
	done
}

# vm_add_program PROGRAM [PATH]: a dynamic program of this machine, found on PATH or by its path,
# with its libraries where its loader looks for them. PATH says where it goes (default: where it is
# here). Libraries that it loads by name at run time are not found.
vm_add_program() {
	local program root='' file path
	if [[ $VM_ARCH == amd64 ]]; then
		program=$(command -v "$1") || program=
	else
		root=$(vm_foreign) || return 1
		program=$(find "$root"/{usr/,}{s,}bin -name "${1##*/}" 2>/dev/null | head -n 1)
	fi
	[[ -n $program ]] || {
		echo "vm_add_program: no $1 here" >&2
		return 1
	}
	vm_add_file "$program" "${2:-${program#"$root"}}" || return 1
	while read -r file path; do
		[[ -e $TREE/$path ]] || vm_add_file "$file" "$path" || return 1
	done < <(vm_libraries "$program")
}

# vm_cc NAME: build tests/vm/NAME.c with musl, static, and print the program's path.
vm_cc() {
	local out=$BUILD/vm/bin/$1
	vm_compile "$VM_HERE/$1.c" "$out" && printf '%s\n' "$out"
}

# vm_add_static NAME [PATH]: the static program built from tests/vm/NAME.c at PATH (default
# /vm/bin/NAME, which is on the steps' PATH).
vm_add_static() {
	local program
	program=$(vm_cc "$1") && vm_add_file "$program" "${2:-/vm/bin/$1}"
}

# vm_fetched NAME: print what tests/vm/fetch knows as NAME (release, kernel, root...).
vm_fetched() {
	"$VM_HERE/fetch" -a "$VM_ARCH" | sed -n "s/^$1=//p"
}

# vm_since VERSION: whether the kernel that the tests boot is of that version (7.3) or newer.
vm_since() {
	[[ $(printf '%s\n' "$1" "$(vm_fetched release)" | sort -V | head -n 1) == "$1" ]]
}

# vm_module_files MODULE: print the modules to load for MODULE, itself last: paths below the
# kernel's root, each compressed.
vm_module_files() {
	local root
	root=$(vm_fetched root) || return 1
	modprobe -d "$root" -S "$(vm_fetched release)" --show-depends "$1" |
		sed -n "s|^insmod $root\([^ ]*\).*|\1|p"
}

# vm_unpack_module FILE OUT: write FILE, as vm_module_files printed it, uncompressed to OUT.
vm_unpack_module() {
	local file
	file=$(vm_fetched root)$1
	mkdir -p "${2%/*}" || return 1
	case $file in
	*.xz) xz -dc "$file" >"$2" ;;
	*.zst) zstd -qdc "$file" >"$2" ;;
	*) cp "$file" "$2" ;;
	esac
}

# vm_add_modules MODULE...: kernel modules with what they depend on, uncompressed, in their usual
# place; the driver loads them before the first step, in this order.
vm_add_modules() {
	local module file files out
	mkdir -p "$TREE/vm" && touch "$TREE/vm/modules" || return 1
	for module; do
		files=$(vm_module_files "$module") && [[ -n $files ]] || return 1
		for file in $files; do
			out=${file%.xz}
			out=${out%.zst}
			grep -qxF "$out" "$TREE/vm/modules" && continue
			vm_unpack_module "$file" "$TREE$out" || return 1
			echo "$out" >>"$TREE/vm/modules"
		done
	done
}

# ---- steps

# vm_add_driver [PATH]: what runs the steps, as PATH (default /init), with BusyBox, the functions of
# guest/lib.sh, and the programs hello, drop, closefds and show in /vm/bin.
vm_add_driver() {
	local program
	vm_add_busybox &&
		vm_add_file "$VM_HERE/guest/init" "${1:-/init}" 755 &&
		vm_add_file "$VM_HERE/guest/lib.sh" /vm/lib.sh 644 || return 1
	for program in hello drop closefds show; do
		vm_add_static "$program" || return 1
	done
	# In a root that cannot be written the driver mounts a tmpfs there, and file systems here.
	mkdir -p "$TREE/vm/tmp" "$TREE/vm/steps" "$TREE/vm/limits" "$TREE/dev" "$TREE/proc" \
		"$TREE/sys" "$TREE/tmp" "$TREE/run"
}

# vm_step NAME [SECONDS]: add a step: a BusyBox shell script on standard input. Steps run in the
# order in which they are added, each in a shell of its own, in directory /, with standard input
# from /dev/null; its status is the script's. SECONDS is its time limit (default 30; then its
# status is 143). NAME is made of letters, digits, ".", "_" and "-".
vm_step() {
	local steps
	mkdir -p "$TREE/vm/steps" "$TREE/vm/limits" || return 1
	steps=("$TREE"/vm/steps/*)
	[[ -e ${steps[0]} ]] || steps=()
	[[ $1 =~ ^[A-Za-z0-9._-]+$ ]] || {
		echo "vm_step: a step cannot be named \"$1\"" >&2
		return 1
	}
	[[ " ${steps[*]##*/} " != *" "[0-9][0-9][0-9][0-9]-"$1 "* ]] || {
		echo "vm_step: there is a step \"$1\" already" >&2
		return 1
	}
	cat >"$TREE/vm/steps/$(printf %04d ${#steps[@]})-$1" || return 1
	if [[ -n ${2:-} ]]; then
		echo "$2" >"$TREE/vm/limits/$1"
	fi
}

# vm_then: what process 1 does after the last step, instead of powering off: a script on standard
# input, for example "exec switch_root /mnt /init".
vm_then() {
	mkdir -p "$TREE/vm" && cat >"$TREE/vm/then"
}

# ---- booting

# vm_boot [OPTION]...: boot the tree begun last; options are those of tests/vm/boot. Leaves in
# $VM_DIR/NAME: console; results; steps/STEP/{out,err,status}; ended (off, panic, restart, until or
# timeout). Fails only if no machine could be started: how it ended is for the test to assert.
vm_boot() {
	vm_boot_image "$VM_NAME" "$VM_DIR/$VM_NAME/tree" "$@"
}

# vm_boot_image NAME INITRAMFS [OPTION]...: as vm_boot, for a directory or image made otherwise. With
# an empty INITRAMFS the firmware starts what is on the first disk.
#
# The kernel writes breakpoints over its own code while it changes it, and now and then (once in a hundred
# boots) QEMU 7.2 executes one that has been taken away again. A machine that ended so is booted anew, once,
# and that is said; its console is kept as console.int3.
vm_boot_image() {
	local name=$1 dir=$VM_DIR/$1
	rm -f "$dir/console.int3"
	vm_boot_once "$@" || return
	if [[ $(cat "$dir/ended") == @(panic|restart) ]] && grep -q 'Oops: int3: ' "$dir/console"; then
		mv "$dir/console" "$dir/console.int3"
		{ echo "# $name: the emulator executed a breakpoint of the kernel's: booted again" >&3; } 2>/dev/null || :
		vm_boot_once "$@" || return
	fi
	vm_parse "$dir"
	printf '%s\n' "$name" >"$VM_DIR/current"
}

vm_boot_once() {
	local name=$1 image=$2 dir=$VM_DIR/$1 status=0
	shift 2
	VM_NAME=$name
	mkdir -p "$dir"
	rm -rf "$dir/steps" "$dir/ended" "$dir/results"
	: >"$dir/results"
	# Descriptor 3 is bats's own: what holds it keeps bats waiting.
	"$VM_HERE/boot" --arch "$VM_ARCH" --results "$dir/results" "$@" ${image:+"$image"} \
		>"$dir/console" 2>"$dir/errors" 3>&- || status=$?
	case $status in
	0) echo off >"$dir/ended" ;;
	3) echo panic >"$dir/ended" ;;
	4) echo restart >"$dir/ended" ;;
	5) echo until >"$dir/ended" ;;
	124) echo timeout >"$dir/ended" ;;
	*)
		cat "$dir/errors" >&2
		return 1
		;;
	esac
}

# vm_parse DIRECTORY: turn DIRECTORY/results, or the console where there was no other way, into
# DIRECTORY/steps/STEP/{out,err,status}. A step that did not end has no status.
vm_parse() {
	local dir=$1 kind name status from=$1/results
	mkdir -p "$dir/steps"
	grep -q '^@vm ' "$from" || from=$dir/console
	tr -d '\r' <"$from" | grep '^@vm ' >"$dir/records" || :
	while read -r _ kind name status; do
		case $kind in
		begin)
			local step=$dir/steps/$name
			mkdir -p "$step"
			: >"$step/out64"
			: >"$step/err64"
			;;
		out | err) printf '%s\n' "$name" >>"$step/${kind}64" ;;
		end)
			base64 -d "$step/out64" >"$step/out"
			base64 -d "$step/err64" >"$step/err"
			rm "$step/out64" "$step/err64"
			printf '%s\n' "$status" >"$step/status"
			;;
		esac
	done <"$dir/records"
}

# ---- asserting

# _vm_current: print the boot that the test speaks of.
_vm_current() {
	if [[ -n ${VM_NAME:-} ]]; then
		printf '%s\n' "$VM_NAME"
	elif [[ -e $VM_DIR/current ]]; then
		cat "$VM_DIR/current"
	else
		echo "nothing was booted" >&2
		return 1
	fi
}

# vm_use NAME: speak of the boot NAME from here on (default: the last one).
vm_use() {
	VM_NAME=$1
	[[ -e $VM_DIR/$1/ended ]] || fail "there was no boot $1"
}

# step STEP: what the step did, as bats's run leaves it: $status, $output and $lines (standard
# output), $stderr. Fails if the step never ran to its end. assert_success, assert_failure,
# assert_output and assert_line work on it.
step() {
	local dir
	dir=$VM_DIR/$(_vm_current) || return 1
	if [[ ! -e $dir/steps/$1/status ]]; then
		fail "step $1 did not end; the machine: $(cat "$dir/ended" 2>/dev/null)"
		return 1
	fi
	status=$(<"$dir/steps/$1/status")
	# NUL bytes cannot be in a variable; the files have them.
	output=$(tr -d '\0' <"$dir/steps/$1/out")
	stderr=$(tr -d '\0' <"$dir/steps/$1/err")
	lines=()
	[[ -z $output ]] || mapfile -t lines <<<"$output"
}

# step_file STEP out|err: print the path of the file with exactly what the step wrote.
step_file() {
	local name
	name=$(_vm_current) && printf '%s\n' "$VM_DIR/$name/steps/$1/$2"
}

# step_ran STEP: whether the step began, for what must never be reached: "refute step_ran boot".
step_ran() {
	local name
	name=$(_vm_current) && [[ -d $VM_DIR/$name/steps/$1 ]]
}

# assert_stderr ARGUMENT...: assert_output on the step's standard error.
assert_stderr() {
	local output=$stderr
	assert_output "$@"
}

# refute_stderr ARGUMENT...: refute_output on the step's standard error.
refute_stderr() {
	local output=$stderr
	refute_output "$@"
}

# assert_ended off|panic|restart|until|timeout: how the machine ended.
assert_ended() {
	local name
	name=$(_vm_current) || return 1
	[[ $(<"$VM_DIR/$name/ended") == "$1" ]] ||
		fail "the machine should have ended by $1, but: $(<"$VM_DIR/$name/ended")"
}

# console: the boot's console as $output and $lines, for assert_output and assert_line.
console() {
	local name
	name=$(_vm_current) || return 1
	output=$(tr -d '\0' <"$VM_DIR/$name/console")
	# shellcheck disable=SC2034 # bats-assert reads it
	mapfile -t lines <<<"$output"
}

# vm_teardown: show the console's tail if the test failed. A file with a teardown of its own calls
# it there.
vm_teardown() {
	local name
	[[ -z ${BATS_TEST_COMPLETED:-} ]] || return 0
	name=$(_vm_current 2>/dev/null) && [[ -s $VM_DIR/$name/console ]] || return 0
	echo "---- the last lines of $VM_DIR/$name/console"
	tail -n "${VM_TAIL:-40}" "$VM_DIR/$name/console"
}

teardown() {
	vm_teardown
}

# ---- dm-verity

# verity_image NAME TREE [KEY]: make $VM_DIR/images/NAME.img, an ext4 file system of TREE with its
# dm-verity hashes behind it, and beside it NAME.roothash, NAME.offset and NAME.sig, the root hash
# signed with KEY (default trusted). The same TREE gives the same bytes.
verity_image() {
	local images=$VM_DIR/images image=$VM_DIR/images/$1.img size
	mkdir -p "$images" || return 1
	# A quarter more than the files need, and room for the file system's own tables.
	size=$(($(du -s --apparent-size -k "$2" | cut -f 1) * 5 / 4 + 1024))
	size=$((size + $(find "$2" | wc -l) * 2))
	rm -f "$image"
	E2FSPROGS_FAKE_TIME=1 mkfs.ext4 -q -F -b 4096 -I 256 -m 0 -O ^has_journal,^resize_inode \
		-U 11111111-2222-3333-4444-555555555555 \
		-E root_owner=0:0,hash_seed=11111111-2222-3333-4444-555555555555 \
		-d "$2" "$image" "${size}k" || return 1
	verity_format "$1" "${3:-trusted}"
}

# verity_format NAME [KEY]: the same for a file system that is there already as $VM_DIR/images/NAME.img.
verity_format() {
	local images=$VM_DIR/images image=$VM_DIR/images/$1.img size salt
	size=$(stat -c %s "$image")
	size=$(((size + 4095) / 4096 * 4096))
	truncate -s "$size" "$image"
	echo "$size" >"$images/$1.offset"
	salt=$(printf '%064d' 0)
	veritysetup format --salt="$salt" --uuid=11111111-2222-3333-4444-555555555555 \
		--hash-offset="$size" "$image" "$image" |
		sed -n 's/^Root hash:[[:space:]]*//p' | tr -d '\n' >"$images/$1.roothash"
	[[ -s $images/$1.roothash ]] || return 1
	verity_sign "$1" "${2:-trusted}"
}

# verity_sign NAME KEY: sign the image's root hash anew, with KEY.
verity_sign() {
	sign_roothash "$2" "$VM_DIR/images/$1.roothash" "$VM_DIR/images/$1.sig"
}

# vm_add_verity NAME...: veritysetup, the modules it needs and what the guest must know of the
# images to open them with verity_open or verity_mount (guest/lib.sh). The images themselves are disks of
# vm_boot: --disk $VM_DIR/images/NAME.img.
vm_add_verity() {
	local name kind
	vm_add_program veritysetup && vm_add_modules virtio_blk dm-verity || return 1
	for name; do
		for kind in roothash offset sig; do
			vm_add_file "$VM_DIR/images/$name.$kind" "/vm/verity/$name.$kind" ||
				return 1
		done
	done
}
