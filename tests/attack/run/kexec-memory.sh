# shellcheck shell=sh
#
# kexec-memory - load another kernel from memory
#
/attack/kexec memory
