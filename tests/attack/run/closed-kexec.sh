# shellcheck shell=sh
#
# closed-kexec - kexec-command-line with kernel.kexec_load_disabled=1
#
# SPDX-License-Identifier: MIT

echo 1 >/proc/sys/kernel/kexec_load_disabled
/attack/kexec file /attack/vmlinuz /attack/initramfs 'rd.ipe=0 ipe.enforce=0 init=/bin/sh'
