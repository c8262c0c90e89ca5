# shellcheck shell=sh
#
# kexec-initramfs - load the verified kernel with an unverified initramfs
#
# SPDX-License-Identifier: MIT

/attack/kexec file /attack/vmlinuz /tmp/evil
