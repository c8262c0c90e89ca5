# shellcheck shell=sh
#
# ptrace-bytes - ptrace a verified process and let it execute other bytes
#
# SPDX-License-Identifier: MIT

/attack/ptrace mark
