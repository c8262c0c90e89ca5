# shellcheck shell=sh
#
# closed-ptrace - ptrace-bytes with kernel.yama.ptrace_scope=3
#
# SPDX-License-Identifier: MIT

echo 3 >/proc/sys/kernel/yama/ptrace_scope
/attack/ptrace mark
