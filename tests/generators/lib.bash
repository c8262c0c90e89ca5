# shellcheck shell=bash
#
# lib.bash - build images with the real tools in a copy of a system, boot them, answer their prompts
#
# A "host" is a system that images are built on: an overlay over this machine (Debian 12) or, with SUITE=trixie
# or sid, over the tree that tests/generators/tree makes of that one, with the test kernel's modules. What the
# tests install or configure there never reaches this machine. Needs root.
#
# SPDX-License-Identifier: MIT
# shellcheck disable=SC2034,SC2154 # the tests use what is set here, and bats sets lines

GENERATORS_HERE=$(cd "${BASH_SOURCE[0]%/*}" && pwd)
load "$GENERATORS_HERE/../vm/lib"
bats_require_minimum_version 1.5.0

# Prints process starts, module loads and activations into the kernel's log as they happen. An audit
# record of the activation comes later: a thread of the kernel prints it.
TRACE="trace_event=module:module_load,sched:sched_process_exec tp_printk"
# shellcheck disable=SC2016 # the kernel expands it
TRACE+=' kprobe_event=r:ipe_activated,ipe_set_active_pol,status=$retval:s32'

# The drivers in the images: for the disk, those that systemd loads by itself, and two for the probe.
DRIVERS="virtio_blk autofs4 efivarfs ansi_cprng jr3_pci"

# The test bed's LSM list without IPE.
WITHOUT_IPE=landlock,lockdown,yama,integrity,bpf

# ---- hosts

# host_new NAME [LOWER]: begin the host NAME, over LOWER (default: this machine).
host_new() {
	local dir=$VM_DIR/hosts/$1
	rm -rf "$dir"
	mkdir -p "$dir/upper" "$dir/work" "$dir/root" "$dir/hidden"
	printf '%s\n' "${2:-/}" >"$dir/lower"
}

# What a machine may have of ours, which a host begins without.
HOST_HIDES="etc/ipe usr/lib/ipe usr/local/lib/ipe usr/lib/dracut/modules.d/99ipe
	usr/share/initramfs-tools/conf-hooks.d/ipe usr/share/initramfs-tools/hooks/ipe
	usr/share/initramfs-tools/scripts/*/00-ipe usr/lib/initcpio/*/ipe usr/lib/initcpio/*/sd-ipe usr/lib/ipe-load
	usr/lib/systemd/system/ipe-*.service usr/sbin/ipe-* usr/bin/ipe-*"

# host NAME COMMAND...: run a command on the host. /out is $VM_DIR/out of this machine.
host() {
	local name=$1 dir=$VM_DIR/hosts/$1
	shift
	: "${RELEASE:=$(vm_fetched release)}"
	# shellcheck disable=SC2016 # the inner shell expands it
	HOST_DIR=$dir HOST_HIDES=$HOST_HIDES HOST_KERNEL=$(vm_fetched root) HOST_RELEASE=$RELEASE HOST_OUT=$VM_DIR/out \
		unshare --mount --propagation private bash -ec '
			root=$HOST_DIR/root hidden=$HOST_DIR/hidden lower=$(<"$HOST_DIR/lower")
			# A layer of whiteouts, on a file system of its own as the overlay wants it.
			mount -t tmpfs none "$hidden"
			cd "$lower"
			for path in $HOST_HIDES; do
				[ -e "$path" ] || continue
				mkdir -p "$hidden/${path%/*}"
				mknod "$hidden/$path" c 0 0
			done
			cd /
			mount -t overlay overlay -o "lowerdir=$hidden:$lower,upperdir=$HOST_DIR/upper,workdir=$HOST_DIR/work" "$root"
			mkdir -p "$root/usr/lib/modules/$HOST_RELEASE" "$root/out"
			mount --bind "$HOST_KERNEL/lib/modules/$HOST_RELEASE" "$root/usr/lib/modules/$HOST_RELEASE"
			cp "$HOST_KERNEL/boot/config-$HOST_RELEASE" "$root/boot/"
			mount --bind "$HOST_OUT" "$root/out"
			mount -t tmpfs none "$root/run"
			mount -t tmpfs none "$root/tmp"
			mount -t proc proc "$root/proc"
			mount --rbind /sys "$root/sys"
			mount --rbind /dev "$root/dev"
			exec chroot "$root" "$@"' host "$@"
}

# host_install NAME TARGET: "make TARGET" for the host, which may have no make.
host_install() {
	local dir=$VM_DIR/hosts/$1 settings=()
	# A directory of that name in the upper layer would hide the link.
	[[ ! -L $(<"$dir/lower")/usr/sbin ]] || settings=(SBINDIR=/usr/bin)
	make -s -C "$VM_TOP" BUILD="$BUILD" DESTDIR="$dir/upper" PKG_CONFIG=: "${settings[@]}" "$2" >&2
}

# host_policy NAME FILE...: let these be all the policies in the host's /etc/ipe/initrd.
host_policy() {
	local dir=$VM_DIR/hosts/$1/upper/etc/ipe/initrd
	shift
	rm -rf "$dir"
	mkdir -p "$dir"
	(($# == 0)) || cp "$@" "$dir"
}

# host_dracut NAME IMAGE [ARGUMENT]...: build /out/IMAGE with dracut, or what DRACUT names, for any machine.
host_dracut() {
	local name=$1 image=$2
	shift 2
	: "${RELEASE:=$(vm_fetched release)}"
	# Few drivers and little compression: building and booting take their time.
	host "$name" "${DRACUT:-dracut}" --force --quiet --no-hostonly --no-early-microcode --nostrip \
		--compress "zstd -1" --kver "$RELEASE" --drivers "$DRIVERS" "$@" \
		"/out/$image"
}

# host_mkinitramfs NAME IMAGE [ARGUMENT]...: build /out/IMAGE with mkinitramfs.
host_mkinitramfs() {
	local name=$1 image=$2
	shift 2
	: "${RELEASE:=$(vm_fetched release)}"
	host "$name" mkinitramfs -c zstd -l 1 "$@" -o "/out/$image" "$RELEASE"
}

# host_mkinitcpio NAME: see that the host has mkinitcpio: the real one where this machine has it, or of
# its source in the directory $MKINITCPIO (with bsdtar, which it needs, from the archive that apt
# knows); else the stand-in.
host_mkinitcpio() {
	local upper=$VM_DIR/hosts/$1/upper
	! command -v mkinitcpio >/dev/null || return 0
	mkdir -p "$upper"/usr/{bin,lib/initcpio}
	if [[ -z ${MKINITCPIO:-} ]]; then
		cp "$GENERATORS_HERE"/standin/{mkinitcpio,lsinitcpio} "$upper/usr/bin"
		cp -R "$GENERATORS_HERE"/standin/{init,install,hooks} "$upper/usr/lib/initcpio"
		return
	fi
	cp "$MKINITCPIO"/{mkinitcpio,lsinitcpio} "$upper/usr/bin"
	cp -R "$MKINITCPIO"/{functions,init,init_functions,install,hooks} "$upper/usr/lib/initcpio"
	# What its build system fills in.
	find "$upper"/usr/bin/{mk,ls}initcpio "$upper/usr/lib/initcpio" -type f -exec sed -i \
		-e 's|@VERSION@|source|; s|@BINDIR@|/usr/bin:/usr/sbin:/sbin|; s|@SYSCONFDIR@|/etc|' \
		-e 's|@INITCPIO_LIBDIR@|/usr/lib/initcpio|g; s|@INITCPIO_SYSCONFDIR@|/etc/initcpio|g' \
		-e 's|@UDEVD_PATH@|/usr/lib/systemd/systemd-udevd|' \
		-e 's|@TMPFILES_PATH@|/usr/bin/systemd-tmpfiles|' \
		-e 's|@VCONSOLE_CONF@|/etc/vconsole.conf|' {} +
	cp "$(command -v busybox)" "$upper/usr/lib/initcpio/busybox"
	chmod 755 "$upper"/usr/lib/initcpio/{init,busybox}
	# Files that Debian has elsewhere, or not at all.
	ln -s x86_64-linux-gnu/libkmod.so.2 "$upper/usr/lib/libkmod.so.2"
	mkdir -p "$upper/etc/udev"
	: >"$upper/etc/udev/hwdb.bin"
	host "$1" apt-get install -qq -y --no-install-recommends libarchive-tools >/dev/null
}

# host_initramfs_tools_conf [by-name]: few drivers, little compression, and the setting that asks for
# ipe-load by name.
host_initramfs_tools_conf() {
	local etc=$VM_DIR/hosts/host/upper/etc/initramfs-tools
	mkdir -p "$etc"/{conf.d,hooks}
	printf '%s\n' MODULES=list >"$etc/conf.d/test"
	printf '%s\n' virtio_blk dm-mod >"$etc/modules"
	rm -f "$etc/conf.d/ipe"
	[[ -z ${1:-} ]] || echo IPE=y >"$etc/conf.d/ipe"
	cat >"$etc/hooks/test" <<-'END'
		#!/bin/sh
		[ "${1:-}" != prereqs ] || exit 0
		. /usr/share/initramfs-tools/hook-functions
		manual_add_modules ansi_cprng jr3_pci
	END
	chmod 755 "$etc/hooks/test"
}

# ---- images

# image_unpack IMAGE: unpack $VM_DIR/out/IMAGE, all its archives, into $VM_DIR/out/IMAGE.tree.
image_unpack() {
	local image=$VM_DIR/out/$1 part
	local tree=$image.tree parts=$image.parts
	rm -rf "$tree" "$parts"
	mkdir "$parts"
	unmkinitramfs "$image" "$parts" || return 1
	# With more than one archive each is in a directory of its own.
	if [[ ! -d $parts/main ]]; then
		mv "$parts" "$tree"
		return
	fi
	mkdir "$tree"
	for part in "$parts"/*; do
		cp -a "$part/." "$tree"
	done
	rm -r "$parts"
}

# image_list IMAGE: print the image's files, sorted.
image_list() {
	(cd "$VM_DIR/out/$1.tree" && find . | LC_ALL=C sort)
}

# image_with IMAGE OUT DIRECTORY: write OUT, IMAGE with the files of DIRECTORY added or exchanged.
image_with() {
	local image=$VM_DIR/out/$1 out=$VM_DIR/out/$2
	cp "$image" "$out"
	# The kernel wants the next archive at a multiple of four.
	truncate -s %4 "$out"
	"$VM_HERE/pack" "$3" "$out.more" && cat "$out.more" >>"$out" && rm "$out.more"
}

# image_without_policy IMAGE OUT: write OUT, IMAGE without the policies in it.
image_without_policy() {
	rm -rf "$VM_DIR/out/$1.tree/etc/ipe"
	"$VM_HERE/pack" "$VM_DIR/out/$1.tree" "$VM_DIR/out/$2"
}

# ---- what the tests have in common

# cases_begin: make the policies, and $VM_DIR/real.img, a real root whose init runs the step "state". It has
# an ipe-load that runs, /opt/good/ipe-load, to which /sbin/hand-over and, a relative one, /opt/hand-over are
# links, and one that does not, /opt/noise/ipe-load.
cases_begin() {
	local name
	rm -rf "$VM_DIR"
	mkdir -p "$VM_DIR/out" "$VM_DIR/policies"
	make -s -C "$VM_TOP" BUILD="$BUILD" all >&2 || return 1
	RELEASE=$(vm_fetched release)

	# What runs is left alone: the real root is no dm-verity volume.
	cat >"$VM_DIR/policies/gen.pol" <<-'END'
		policy_name=gen policy_version=1.0.0
		DEFAULT action=ALLOW
		DEFAULT op=KMODULE action=DENY
		op=KMODULE boot_verified=TRUE action=ALLOW
	END
	cat >"$VM_DIR/policies/broken.pol" <<-'END'
		policy_name=gen policy_version=1.0.0
		DEFAULT action=ALLOW
		op=EXEC action=DENY
	END
	cat >"$VM_DIR/policies/brick.pol" <<-'END'
		policy_name=gen policy_version=1.0.0
		DEFAULT action=ALLOW
		DEFAULT op=EXECUTE action=DENY
		op=EXECUTE dmverity_signature=TRUE action=ALLOW
	END
	cp "$VM_TOP/applet/examples/initrd.pol" "$VM_DIR/policies/example.pol"
	for name in gen broken brick example; do
		sign_policy "$VM_DIR/policies/$name.pol" "$VM_DIR/policies/$name.p7b" || return 1
	done
	# What an image is given instead of its gen.p7b.
	mkdir -p "$VM_DIR"/{untrusted,short,example}/etc/ipe/initrd
	sign_policy_as untrusted "$VM_DIR/policies/gen.pol" "$VM_DIR/untrusted/etc/ipe/initrd/gen.p7b"
	head -c 700 "$VM_DIR/policies/gen.p7b" >"$VM_DIR/short/etc/ipe/initrd/gen.p7b"
	cp "$VM_DIR/policies/example.p7b" "$VM_DIR/example/etc/ipe/initrd/gen.p7b"

	vm_at "$VM_DIR/real"
	vm_add_driver /sbin/init
	vm_add_text /etc/os-release <<<'ID=test'
	vm_add_file "$BUILD/ipe-load" /opt/good/ipe-load
	ln -s /opt/good/ipe-load "$VM_DIR/real/sbin/hand-over"
	ln -s good/ipe-load "$VM_DIR/real/opt/hand-over"
	head -c 40000 /dev/urandom | vm_add_text /opt/noise/ipe-load 755
	vm_step state <<-'END'
		mount_all
		echo "active $(cat $ipe/policies/gen/active 2>&1)"
	END
	mkfs.ext4 -q -F -d "$VM_DIR/real" "$VM_DIR/real.img" 24M
}

# Whether images keep their kernel modules compressed: what the suites that are newer than Debian 12 can.
MODULES_STAY=${SUITE:+y}

# cases_host [LOWER]: make the host "host", with the firmware that jr3_pci asks for and a module that
# systemd-modules-load loads.
cases_host() {
	local upper=$VM_DIR/hosts/host/upper
	host_new host "${1:-${SUITE:+$("$GENERATORS_HERE/tree" "$SUITE")}}"
	mkdir -p "$upper"/usr/lib/{firmware/comedi,modules-load.d}
	# The shortest that the driver takes: the word that ends it.
	echo ffff >"$upper/usr/lib/firmware/comedi/jr3pci.idm"
	echo dm-mod >"$upper/usr/lib/modules-load.d/test.conf"
}

# try LOG COMMAND...: run the command, and keep in out/LOG.log and out/LOG.status what came of it.
try() {
	local log=$VM_DIR/out/$1 status=0
	shift
	"$@" >"$log.log" 2>&1 || status=$?
	echo "$status" >"$log.status"
}

# cases_build TARGET: with the file's function build IMAGE [by-name], build before.img without our
# package, none.img with it and no policy, named.img with it asked for by name, good.img with gen.p7b;
# then try with policies that are broken, or would brick the image. What the last two tries said is
# in out/broken.log and out/brick.log, their status beside it. TARGET is the make target that installs.
cases_build() {
	local name
	build before.img || return 1
	host_install host "$1" || return 1
	build none.img || return 1
	build named.img by-name || return 1
	host_policy host "$VM_DIR/policies/gen.p7b"
	build good.img || return 1
	for name in before none good; do
		image_unpack "$name.img"
		image_list "$name.img" >"$VM_DIR/out/$name.list"
	done
	cp "$VM_DIR/out/good.img" "$VM_DIR/out/kept.img"
	# Once there is an image already, once there is none.
	host_policy host "$VM_DIR/policies/broken.p7b"
	try broken build kept.img
	host_policy host "$VM_DIR/policies/brick.p7b"
	try brick build new-brick.img
	image_with good.img untrusted.img "$VM_DIR/untrusted"
	image_with good.img short.img "$VM_DIR/short"
}

# The files that the systemd images have of ours.
UNITS=(
	./usr/lib/systemd/system/initrd-cleanup.service.requires
	./usr/lib/systemd/system/initrd-cleanup.service.requires/ipe-init.service
	./usr/lib/systemd/system/initrd-switch-root.service.requires
	./usr/lib/systemd/system/initrd-switch-root.service.requires/ipe-init.service
	./usr/lib/systemd/system/initrd-switch-root.target.requires
	./usr/lib/systemd/system/initrd-switch-root.target.requires/ipe-init.service
	./usr/lib/systemd/system/initrd-switch-root.target.requires/ipe-load.service
	./usr/lib/systemd/system/initrd.target.requires
	./usr/lib/systemd/system/initrd.target.requires/ipe-load.service
	./usr/lib/systemd/system/ipe-init.service
	./usr/lib/systemd/system/ipe-load.service
	./usr/lib/systemd/system/ipe-load.service.d
	./usr/lib/systemd/system/ipe-load.service.d/10-ipe-load.conf
	./usr/lib/systemd/system/service.d
	./usr/lib/systemd/system/service.d/10-ipe-load.conf
	./usr/lib/systemd/system/sysinit.target.requires
	./usr/lib/systemd/system/sysinit.target.requires/ipe-load.service
	./usr/lib/systemd/system/sysroot.mount.requires
	./usr/lib/systemd/system/sysroot.mount.requires/ipe-load.service
	./usr/lib/systemd/system/systemd-journald.service.d
	./usr/lib/systemd/system/systemd-journald.service.d/10-ipe-load.conf
)

# cases_probe PATH: put the probe into the initramfs at PATH, as a script of the tool's own, and the
# example policy in the place of gen.p7b: $VM_DIR/out/probe.img.
cases_probe() {
	local module=/usr/lib/modules/$RELEASE/kernel/crypto/ansi_cprng.ko${MODULES_STAY:+.xz}
	mkdir -p "$VM_DIR/example${1%/*}"
	sed "s|@MODULE@|$module|" "$GENERATORS_HERE/probe" >"$VM_DIR/example$1"
	chmod 755 "$VM_DIR/example$1"
	if [[ $1 == /scripts/* ]]; then
		echo "$1" >"$VM_DIR/example${1%/*}/ORDER"
	fi
	image_with good.img probe.img "$VM_DIR/example"
}

# assert_refused LOG: the tool failed, and neither made an image nor touched the old one.
assert_refused() {
	[[ $(<"$VM_DIR/out/$1.status") != 0 ]] || fail "the tool ended with status 0"
	cmp "$VM_DIR/out/good.img" "$VM_DIR/out/kept.img"
	# mkinitramfs makes an empty file before it begins.
	[[ ! -s $VM_DIR/out/new-$1.img ]] || fail "there is a new image"
	output=$(<"$VM_DIR/out/$1.log")
	mapfile -t lines <<<"$output"
}

# assert_newer: newer.img was made although the policy in it, broken.p7b, has a word that is not known, which was
# said.
assert_newer() {
	assert_equal "$(<"$VM_DIR/out/newer.status")" 0
	run cat "$VM_DIR/out/newer.log"
	assert_line --partial '/etc/ipe/initrd/broken.p7b:3:4: warning: '
	cmp "$VM_DIR/policies/broken.p7b" "$VM_DIR/out/newer.img.tree/etc/ipe/initrd/broken.p7b"
}

# assert_grown FILE...: the image's files are those without our package and these; kernel modules lose their
# compression, unless MODULES_STAY. Says how many bytes they are, compressed.
assert_grown() {
	local added
	added=$(comm -13 <(if [[ $MODULES_STAY ]]; then cat; else sed 's/\.ko\..z.*/.ko/' | LC_ALL=C sort; fi \
		<"$VM_DIR/out/before.list") "$VM_DIR/out/good.list")
	assert_equal "$added" "$(printf '%s\n' "$@")"
	(cd "$VM_DIR/out/good.img.tree" && cpio -o -H newc --quiet <<<"$added" | gzip -9) \
		>"$VM_DIR/out/grown.gz"
	echo "# the image grows by $(stat -c %s "$VM_DIR/out/grown.gz") bytes, compressed;" \
		"the applet alone: $(gzip -9c "$BUILD/ipe-load" | wc -c)" >&3
	[[ $(stat -c %s "$VM_DIR/out/grown.gz") -lt 40960 ]]
}

# assert_modules: with MODULES_STAY every kernel module of the image is compressed, as without our package, and
# the whole image no larger than by what is ours, with the tool's own compression; without it none is.
assert_modules() {
	local grown
	if [[ ! $MODULES_STAY ]]; then
		run grep -c '\.ko$' "$VM_DIR/out/good.list"
		refute_output 0
		run grep '\.ko\.' "$VM_DIR/out/good.list"
		refute_output
		return
	fi
	assert_equal "$(grep -c '\.ko\.xz$' "$VM_DIR/out/good.list")" "$(grep -c '\.ko' "$VM_DIR/out/before.list")"
	run grep '\.ko$' "$VM_DIR/out/good.list"
	refute_output
	grown=$(($(stat -c %s "$VM_DIR/out/good.img") - $(stat -c %s "$VM_DIR/out/before.img")))
	echo "# the whole image grows by $grown bytes" >&3
	((grown < 65536))
}

# assert_real_root 0|1|none: the real root's init ran and found the policy gen in this state.
assert_real_root() {
	step state
	assert_success
	case $1 in
	none) assert_output --regexp '^active .*No such file' ;;
	*) assert_output "active $1" ;;
	esac
	assert_ended off
}

# refute_real_root: the real root's init did not run.
refute_real_root() {
	! step_ran state || fail "the real root's init ran"
	console
	refute_line --partial '--- step'
}

# assert_probe: what tests/generators/probe found.
assert_probe() {
	console
	assert_line --partial 'new_active_pol_name="initrd"'
	assert_line --partial 'probe: program in the image: status 0'
	assert_line --partial 'probe: program in tmpfs: status 126'
	assert_line --partial 'probe: driver in the image: status 0'
	assert_line --partial 'probe: module in the image: status 0'
	assert_line --regexp 'probe: module in tmpfs: status [1-9]'
	assert_line --partial 'probe: firmware in the image: loaded'
	assert_line --partial 'probe: firmware in tmpfs: not loaded'
	assert_line --regexp 'ipe_op=KMODULE .*path="/(probe/)?module.ko"'
	assert_line --regexp 'ipe_op=FIRMWARE .*path="/(probe/)?firmware/comedi/jr3pci.idm"'
	assert_ended off
}

ACTIVATED='type=1421 .*new_active_pol_name="gen"'
# The same as it happens, in a boot with TRACE.
ACTIVATION='ipe_activated: .* status=0'

# assert_first: the policy was activated before udevd and systemd-modules-load started.
assert_first() {
	assert_order "$ACTIVATION" 'sched_process_exec: filename=[^ ]*systemd-udevd '
	console
	if grep -aq 'filename=[^ ]*systemd-modules-load ' <<<"$output"; then
		assert_order "$ACTIVATION" 'sched_process_exec: filename=[^ ]*systemd-modules-load '
	fi
	show "$ACTIVATED"
	show "$ACTIVATION"
	show 'sched_process_exec: filename=[^ ]*systemd-modules-load '
	show 'sched_process_exec: filename=[^ ]*systemd-udevd '
	show 'module_load: virtio_blk'
}

# show PATTERN: print the console's first line that matches.
show() {
	sed -n "/$1/{s/^\\(.\\{,110\\}\\).*/# \\1/p;q}" "$VM_DIR/$VM_NAME/console" >&3
}

# assert_modules_of_process_1: no module was loaded before the policy but those that systemd's process 1
# loads when it starts (src/core/kmod-setup.c has the list), and says which.
assert_modules_of_process_1() {
	local module before
	before=$(modules_before)
	echo "# loaded by process 1 before the policy: ${before//$'\n'/ }" >&3
	for module in $before; do
		case $module in
		autofs4 | dmi_sysfs | efivarfs | ip_tables | ipv6 | qemu_fw_cfg | tpm* | unix | virtio_console | \
			virtio_rng | virtiofs | vmw_vsock_virtio_transport | vsock) ;;
		*) fail "$module was loaded before the policy" ;;
		esac
	done
	# They were loaded before process 1 started anything.
	run sed -n "/system-generators/,/$ACTIVATION/{/module_load/p}" "$VM_DIR/$VM_NAME/console"
	refute_output
}

# modules_before: print the modules that were loaded between the start of process 1, before which the
# kernel may load some of its own accord, and the activation of the policy.
modules_before() {
	sed -n "1,/filename=[^ ]* pid=1 /d; /$ACTIVATION/q; s/.*module_load: \\([^ ]*\\).*/\\1/p" \
		"$VM_DIR/$VM_NAME/console" | LC_ALL=C sort
}

# boot_image NAME IMAGE [OPTION]...: boot $VM_DIR/out/IMAGE with the disk real.img as its root.
boot_image() {
	local name=$1 image=$2
	shift 2
	vm_boot_image "$name" "$VM_DIR/out/$image" --disk "$VM_DIR/real.img" \
		--append "root=/dev/vda rw" --timeout 120 "$@"
}

# boot_at_prompt NAME IMAGE PATTERN ANSWER LAST [OPTION]...: as boot_image. Each time a line matches
# PATTERN, which stands before a prompt, ANSWER is typed, the third time LAST.
boot_at_prompt() {
	local name=$1 image=$2 pattern=$3 answer=$4 last=$5 typed=0 seen pid fifo line
	shift 5
	fifo=$VM_DIR/$name.typed
	rm -f "$fifo"
	mkfifo "$fifo"
	mkdir -p "$VM_DIR/$name"
	: >"$VM_DIR/$name/console"
	(
		exec 8<>"$fifo"
		while sleep 0.5; do
			seen=$(grep -Eac -- "$pattern" "$VM_DIR/$name/console") || :
			((seen > typed)) || continue
			typed=$((typed + 1))
			sleep 2
			if ((typed < 3)); then
				printf '%b' "$answer" >&8
			else
				# A login prompt throws away what comes at once with its answer.
				while read -r line; do
					printf '%s\n' "$line" >&8
					sleep 2
				done < <(printf '%b' "$last")
			fi
		done
	) 3>&- &
	pid=$!
	boot_image "$name" "$image" --input "$fifo" "$@"
	kill "$pid"
	wait "$pid" 2>/dev/null || :
}

# ---- asserting

# assert_order BEFORE AFTER: a console line that matches BEFORE comes before all that match AFTER.
assert_order() {
	local before after
	console
	before=$(grep -Enam 1 -- "$1" <<<"$output" | cut -d : -f 1)
	after=$(grep -Enam 1 -- "$2" <<<"$output" | cut -d : -f 1)
	[[ -n $before ]] || fail "no line matches $1"
	[[ -n $after ]] || fail "no line matches $2"
	((before < after)) ||
		fail "line $after, ${lines[after - 1]}, comes before line $before, ${lines[before - 1]}"
}
