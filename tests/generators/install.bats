#!/usr/bin/env bats
#
# install.bats - the integrations land where their tools look, and leave nothing behind
#
# SPDX-License-Identifier: MIT

load lib

setup() {
	stage=$BATS_TEST_TMPDIR/stage
}

# stage TARGET [SETTING]...: make TARGET into $stage.
stage() {
	make -s -C "$VM_TOP" BUILD="$BUILD" DESTDIR="$stage" "$@"
}

# staged: print the files that are there.
staged() {
	(cd "$stage" && find . -type f -o -type l) | LC_ALL=C sort
}

@test "make install brings all three integrations, make uninstall leaves nothing" {
	stage install
	run staged
	assert_line ./usr/lib/dracut/modules.d/99ipe/module-setup.sh
	assert_line ./usr/share/initramfs-tools/hooks/ipe
	assert_line ./usr/share/initramfs-tools/scripts/init-top/00-ipe
	assert_line ./usr/lib/initcpio/install/sd-ipe
	assert_line ./usr/lib/initcpio/hooks/ipe
	assert_line ./usr/lib/systemd/system/ipe-load.service
	assert_line ./usr/lib/systemd/system/ipe-init.service
	assert_line ./usr/sbin/ipe-load
	stage uninstall
	run staged
	refute_output
}

@test "a host for these tests begins without what the machine has installed" {
	local machine=$VM_DIR/machine
	mkdir -p "$VM_DIR/out"
	vm_at "$machine"
	vm_add_busybox
	mkdir -p "$machine"/{boot,proc,sys,dev,tmp,run}
	stage=$machine stage install
	vm_add_text /etc/ipe/initrd/site.p7b <<<site
	host_new host "$machine"
	run -0 host host find /etc /usr/bin /usr/lib /usr/sbin /usr/share/initramfs-tools \
		'(' -name ipe -o -name 'ipe-*' -o -name '*-ipe' -o -name 99ipe ')'
	refute_output
	host_install host install
	host_policy host /etc/hostname
	run -0 host host find /etc/ipe /usr/lib/dracut/modules.d/99ipe -type f
	assert_line /etc/ipe/initrd/hostname
	refute_line /etc/ipe/initrd/site.p7b
	assert_line /usr/lib/dracut/modules.d/99ipe/module-setup.sh
}

@test "each integration installs alone, with the applet" {
	local target
	for target in dracut:dracut mkinitcpio:initcpio initramfs-tools:initramfs-tools; do
		rm -rf "$stage"
		stage "install-${target%:*}"
		run staged
		assert_line ./usr/sbin/ipe-load
		assert_line ./usr/bin/ipe-check
		assert_line --partial "/${target#*:}/"
		lines=("${lines[@]//*\/${target#*:}\/*/}")
		refute_line --regexp '/(dracut|initcpio|initramfs-tools)/'
	done
}

@test "with PREFIX=/usr/local the hooks stay where their tools look, and find the program" {
	local hook
	stage install PREFIX=/usr/local
	for hook in /usr/lib/dracut/modules.d/99ipe/module-setup.sh /usr/lib/initcpio/install/ipe \
		/usr/share/initramfs-tools/hooks/ipe; do
		run grep '^ipe_' "$stage$hook"
		assert_line ipe_load=/usr/local/sbin/ipe-load
		assert_line ipe_check=/usr/local/bin/ipe-check
	done
	run grep '^ipe_unit' "$stage/usr/lib/dracut/modules.d/99ipe/module-setup.sh"
	assert_output ipe_unit=/usr/local/lib/systemd/system/ipe-load.service
	assert [ -e "$stage/usr/local/lib/systemd/system/ipe-load.service" ]
	stage uninstall PREFIX=/usr/local
	run staged
	refute_output
}

@test "dracut's own answer says where its modules are" {
	cat >"$BATS_TEST_TMPDIR/pkg-config" <<-'END'
		#!/bin/sh
		[ "$*" = "--variable=dracutmodulesdir dracut" ] && echo /opt/dracut/modules.d
	END
	chmod 755 "$BATS_TEST_TMPDIR/pkg-config"
	stage install-dracut PKG_CONFIG="$BATS_TEST_TMPDIR/pkg-config"
	assert [ -e "$stage/opt/dracut/modules.d/99ipe/module-setup.sh" ]
}

@test "ipe-load-initramfs(7) shows the lines for other tools' files as they must be written there" {
	run bash -c "mandoc -Tascii -Owidth=200 '$VM_TOP/applet/man/ipe-load-initramfs.7' | sed 's/.\x08//g'"
	assert_line --regexp '^ *add_dracutmodules\+=" ipe "$'
	assert_line --regexp '^ *omit_dracutmodules\+=" squash squash-squashfs squash-erofs "$'
	assert_line --regexp '^ *dracut_args --omit "squash squash-squashfs squash-erofs"$'
	assert_line --regexp '^ *IPE=y$'
	assert_output --partial 'MODULES_DECOMPRESS="yes"'
}
