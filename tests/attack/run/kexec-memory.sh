# shellcheck shell=sh
#
# kexec-memory - load another kernel from memory
#
# SPDX-License-Identifier: MIT

/attack/kexec memory
