# shellcheck shell=sh
#
# loader - give an unverified program to the verified loader
#
# SPDX-License-Identifier: MIT

/lib64/ld-linux-x86-64.so.2 /tmp/evil-dynamic
