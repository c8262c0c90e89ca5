# shellcheck shell=sh
#
# ptrace-init - ptrace process 1
#
# SPDX-License-Identifier: MIT

unprivileged /attack/ptrace enforce 1
