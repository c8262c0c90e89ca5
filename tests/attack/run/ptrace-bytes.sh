# shellcheck shell=sh
#
# ptrace-bytes - ptrace a verified process and let it execute other bytes
#
/attack/ptrace mark
