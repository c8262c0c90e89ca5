# shellcheck shell=sh
#
# ptrace-init - ptrace process 1
#
unprivileged /attack/ptrace enforce 1
