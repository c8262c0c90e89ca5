# shellcheck shell=sh
#
# ptrace-survivor - ptrace a process of the initramfs that still has the capability
#
# SPDX-License-Identifier: MIT

unprivileged /attack/ptrace enforce "$(pidof keeper)"
