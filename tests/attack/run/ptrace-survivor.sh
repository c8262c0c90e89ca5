# shellcheck shell=sh
#
# ptrace-survivor - ptrace a process of the initramfs that still has the capability
#
unprivileged /attack/ptrace enforce "$(pidof keeper)"
