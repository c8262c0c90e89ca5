# shellcheck shell=sh
#
# map-file - map an unverified file as executable
#
# SPDX-License-Identifier: MIT

/attack/mapexec code >/tmp/code
/attack/mapexec mmap /tmp/code
