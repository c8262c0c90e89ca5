# shellcheck shell=bash
#
# demo.bash - three attacks for the demo, with the policy merely loaded and with the hand-over
#
# After vm/lib.bash and lib.bash. SPDX-License-Identifier: MIT

DEMO_ATTACKS=(hidden-rootfs enforce core-shell)
DEMO_TITLES=(
	'unmount /, run a program from the rootfs below'
	'echo 0 > enforce'
	'let the kernel pipe a core into a shell that does it'
)

# demo_attack_boot NAME INIT [OPTION]...: load the initramfs's policy, then INIT in the real root.
demo_attack_boot() {
	local name=$1 init=$2
	shift 2
	vm_tree "$name"
	vm_add_driver
	vm_add_verity attacked
	vm_add_file "$VM_DIR/images/initrd.p7b" /etc/ipe/initrd/initrd.p7b
	vm_add_file "$BUILD/ipe-load" /usr/sbin/ipe-load
	vm_step load <<<'ipe-load -i'
	vm_then <<-END
		mount_all
		verity_mount attacked /dev/vda signed /mnt || exit 1
		exec switch_root /mnt $init
	END
	vm_boot --disk "$VM_DIR/images/attacked.img" --firmware nolockdown "$@"
	[[ $(<"$VM_DIR/$name/ended") == off ]] || {
		tail -n 30 "$VM_DIR/$name/console" >&2
		return 1
	}
}

# demo_attacks: boot a verified root twice, attack it as root, and print what came of it. Needs
# $BUILD/ipe-load and $BUILD/ipe-status.
demo_attacks() {
	local root=$VM_DIR/attacked.root name i boot
	rm -rf "$root"
	vm_at "$root"
	vm_add_driver /vm/init
	vm_add_file "$VM_HERE/guest/init" /sbin/init 755
	vm_add_file "$BUILD/ipe-load" /usr/sbin/ipe-load
	vm_add_file "$BUILD/ipe-status" /usr/sbin/ipe-status
	vm_add_policy /usr/lib/ipe/final/final.p7b <"$VM_TOP/applet/examples/final.pol"
	vm_add_attack evil mark hidden
	vm_add_file "$ATTACK_HERE/guest.sh" /attack/guest.sh 644
	mkdir -p "$root/mnt"
	vm_step prepare <<-'END'
		mount -t devtmpfs none /dev
		mount_all
		cp /attack/evil /tmp
	END
	vm_step ways <<<'ipe-status -v'
	for name in "${DEMO_ATTACKS[@]}"; do
		vm_add_file "$ATTACK_HERE/run/$name.sh" "/attack/run/$name.sh"
		vm_step "$name" <<<". /attack/guest.sh; attempt $name"
	done
	verity_image attacked "$root" >/dev/null
	sign_policy "$VM_TOP/applet/examples/initrd.pol" "$VM_DIR/images/initrd.p7b"

	demo_attack_boot loaded /vm/init --append attack.boot=contrast
	demo_attack_boot held /usr/sbin/ipe-load --append attack.boot=sealed
	printf '   %-56s %-18s %s\n' '' 'policy loaded' 'with the hand-over'
	for i in "${!DEMO_ATTACKS[@]}"; do
		local cells=()
		for boot in loaded held; do
			case $(<"$VM_DIR/$boot/steps/${DEMO_ATTACKS[i]}/out") in
			*'won=1 ran=1'*) cells+=('the program ran') ;;
			*'won=1'*) cells+=('IPE is off') ;;
			'won=0'*) cells+=('stopped') ;;
			*) cells+=('nothing happened') ;;
			esac
		done
		printf '   %-56s %-18s %s\n' "${DEMO_TITLES[i]}" "${cells[@]}"
	done
}

# demo_ways: print what ipe-status said in the sealed boot, before the attacks.
demo_ways() {
	sed 's/^/   /' "$VM_DIR/held/steps/ways/out"
	[[ $(<"$VM_DIR/held/steps/ways/status") == 0 ]]
}
