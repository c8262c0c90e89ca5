# shellcheck shell=sh disable=SC2154
#
# policy-again - go back to the policy of the initramfs, which trusts the rootfs
#
# SPDX-License-Identifier: MIT

if boot_is contrast; then
	# As if somebody had activated a strict policy of the same version and left the other.
	ipe-load /attack/policies/strict.p7b
fi
# For the test of what it says.
ipe-status -v | grep ' policies ' >&2
echo 1 >"$ipe/policies/initrd/active"
/attack/hidden detach "$evil"
