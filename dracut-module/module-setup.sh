#!/bin/bash
#
# module-setup.sh - dracut module "ipe": IPE policies in force before anything else runs
#
# SPDX-License-Identifier: MIT
# shellcheck disable=SC2154 # dracut sets dracutsysrootdir, initdir, moddir, systemdsystemunitdir

# Where "make install" puts them.
ipe_load=/usr/sbin/ipe-load
ipe_check=/usr/bin/ipe-check
ipe_unit=/usr/lib/systemd/system/ipe-load.service
ipe_lib=/usr/lib/ipe-load

# ipe_check_list [OPTION]...: check and list the policies. With ipe_newer_kernel=yes in dracut.conf a word that
# ipe-check does not know is only a warning.
ipe_check_list() {
	[[ ${ipe_newer_kernel:-} != yes ]] || set -- -u "$@"
	"$ipe_check" -l "$@" -R "${dracutsysrootdir:-/}"
}

# called by dracut
check() {
	local policy
	[[ -x $dracutsysrootdir$ipe_load && -x $ipe_check ]] || {
		derror "ipe: $dracutsysrootdir$ipe_load and $ipe_check are not both there"
		# Where there is a policy, install() refuses the image.
		for policy in "$dracutsysrootdir"/{etc,run,usr/local/lib,usr/lib}/ipe/{,initrd/}*.p7b; do
			[[ ! -e $policy ]] || return 0
		done
		return 1
	}
	# A host without a policy gets the module only if it is requested by name. install() reports
	# errors, and refuses the image.
	ipe_check_list -q >/dev/null 2>&1
	if [[ $? -eq 3 ]]; then
		return 255
	fi
	return 0
}

# called by dracut
depends() {
	return 0
}

# dracut goes on when install() fails, so what must not become an image ends dracut itself.
ipe_die() {
	dfatal "ipe: $*"
	exit 1
}

# ipe_install MODE FILE PATH: copy a file, or what a link points to, into the image. With --sysroot
# ipe-check follows links within that root; here they would lead out of it.
ipe_install() {
	local file root
	root=$(realpath -- "${dracutsysrootdir:-/}")
	file=$(realpath -e -- "$2")
	[[ $file == "${root%/}"/* ]] || ipe_die "$2: does not exist, or is a link out of $root"
	command install -D -m "$1" "$file" "$initdir$3" || ipe_die "$2: not installed"
}

# Compressed modules stay compressed if the kernel unpacks them. If kmod does, the kernel sees no file, and no
# rule for KMODULE matches.
ipe_unpack_modules() {
	local link target
	# shellcheck disable=SC2154 # dracut sets it
	! "$ipe_lib/kernel-unpacks" "$initdir" "$initdir/lib/modules/$kernel" "$srcmods"/{config,build/.config} \
		"$dracutsysrootdir/boot/config-$kernel" || return 0
	if ! find "$initdir" -type f -name '*.ko.xz' -exec xz -d -- {} + ||
		! find "$initdir" -type f -name '*.ko.zst' -exec zstd -qd --rm -- {} + ||
		! find "$initdir" -type f -name '*.ko.gz' -exec gzip -d -- {} +; then
		ipe_die "kernel modules cannot be unpacked"
	fi
	while IFS= read -r link; do
		target=$(readlink "$link")
		ln -sfn "${target%.*}" "${link%.*}" && rm "$link"
	done < <(find "$initdir" -type l -name '*.ko.*')
}

# called by dracut, which adds modules until it calls depmod
installkernel() {
	# shellcheck disable=SC2317 # dracut calls it
	depmod() {
		ipe_unpack_modules
		command depmod "$@"
	}
}

# The commands that stop the machine: the host's, or what they would be links to.
ipe_install_stop_commands() {
	local command program
	for command in poweroff halt reboot; do
		if find_binary "$command" >/dev/null; then
			inst_multiple "$command"
			continue
		fi
		program=$(find_binary systemctl || find_binary busybox) ||
			ipe_die "there is no $command here, which stopping the boot needs"
		[[ $program == /* ]] || program=$(type -P "$program")
		inst_multiple "$program" && ln_r "$program" "/usr/sbin/$command"
	done
}

# ipe_require SERVICE UNIT...: make each of these units require the service.
ipe_require() {
	local unit service=$1 units=$initdir$systemdsystemunitdir
	shift
	for unit; do
		if ! mkdir -p "$units/$unit.requires" ||
			! ln -sfn "../$service" "$units/$unit.requires/$service"; then
			ipe_die "$service: not required by $unit"
		fi
	done
}

ipe_install_units() {
	local units=$initdir$systemdsystemunitdir
	ipe_install 644 "$dracutsysrootdir$ipe_unit" "$systemdsystemunitdir/ipe-load.service"
	ipe_install 644 "$dracutsysrootdir${ipe_unit%/*}/ipe-init.service" \
		"$systemdsystemunitdir/ipe-init.service"
	# The real root is neither mounted nor entered without it, also not after the emergency shell.
	ipe_require ipe-load.service \
		sysinit.target sysroot.mount initrd.target initrd-switch-root.target
	ipe_require ipe-init.service \
		initrd-cleanup.service initrd-switch-root.target initrd-switch-root.service
	# Every service waits for it, except the journal, which has its messages.
	if ! mkdir -p "$units"/{,ipe-load.,systemd-journald.}service.d ||
		! printf '%s\n' '[Unit]' 'After=ipe-load.service' >"$units/service.d/10-ipe-load.conf" ||
		! ln -sfn /dev/null "$units/ipe-load.service.d/10-ipe-load.conf" ||
		! ln -sfn /dev/null "$units/systemd-journald.service.d/10-ipe-load.conf"; then
		ipe_die "services would not wait for ipe-load.service"
	fi
}

# The words that dracut puts into the image (kernel_cmdline=), one per line. Its own scripts treat them
# as the kernel's; systemd and ipe-load do not see them.
ipe_image_parameters() {
	cat "$initdir"/etc/cmdline.d/*.conf "$initdir"/etc/cmdline 2>/dev/null | tr -s '[:space:]' '\n' |
		tr -d '"'
}

# Is rd.ipe.required among them? The last one counts, as in getargbool.
ipe_is_required() {
	local word required=no
	while IFS= read -r word; do
		case $word in
		rd.ipe.required=0 | rd.ipe.required=no | rd.ipe.required=off) required=no ;;
		rd.ipe.required | rd.ipe.required=*) required=yes ;;
		esac
	done < <(ipe_image_parameters)
	[[ $required == yes ]]
}

# Checks that need the finished image, including what later modules have installed.
ipe_finish() {
	local first
	if dracut_module_included systemd; then
		if grep -q '^init=.*ipe-load' < <(ipe_image_parameters); then
			ipe_die "systemd does not see init= of kernel_cmdline=:" \
				"give it on the kernel's own command line"
		fi
		ipe_is_required || return 0
		printf '%s\n' '[Service]' 'ExecStart=' 'ExecStart=/usr/sbin/ipe-load -i -r' \
			>"$initdir$systemdsystemunitdir/ipe-load.service.d/20-required.conf" ||
			ipe_die "rd.ipe.required of kernel_cmdline= not passed on"
		return 0
	fi
	# They run in this order, wherever dracut keeps them.
	first=$(find "$initdir" -path '*/dracut/hooks/cmdline/*.sh' -printf '%f\n' |
		LC_ALL=C sort | head -n 1)
	[[ $first == 00-ipe-load.sh ]] ||
		ipe_die "the cmdline hook $first would run before the policy is in force:" \
			"omit the module that brings it"
}

# Every version of dracut calls build_ld_cache when everything is installed, right before packing the image.
ipe_call_finish() {
	local original
	! declare -F ipe_build_ld_cache >/dev/null || return 0
	original=$(declare -f build_ld_cache) ||
		ipe_die "this dracut has no build_ld_cache, where the image would be checked"
	eval "ipe_$original"
	# shellcheck disable=SC2317 # dracut calls it
	build_ld_cache() {
		ipe_finish
		ipe_build_ld_cache "$@"
	}
}

# called by dracut
install() {
	local policies policy module
	policies=$(ipe_check_list)
	case $? in
	0 | 3) ;;
	*) ipe_die "no image is made: ipe-check found errors" ;;
	esac
	for module in squash squash-squashfs squash-erofs; do
		if dracut_module_included "$module"; then
			ipe_die "files inside a squash image are not the initramfs's own to the kernel:" \
				"add omit_dracutmodules+=\" $module \""
		fi
	done

	ipe_install 755 "$dracutsysrootdir$ipe_load" /usr/sbin/ipe-load
	while IFS= read -r policy; do
		[[ -z $policy ]] || ipe_install 644 "$policy" "/etc/ipe/initrd/${policy##*/}"
	done <<<"$policies"
	ipe_install_stop_commands

	if dracut_module_included systemd; then
		ipe_install_units
	else
		inst_hook cmdline 00 "$moddir/ipe-load.sh"
		inst_hook cleanup 99 "$moddir/ipe-init.sh"
	fi
	ipe_call_finish
}
