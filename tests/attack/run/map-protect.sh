# shellcheck shell=sh
#
# map-protect - make a mapping of an unverified file executable
#
# SPDX-License-Identifier: MIT

/attack/mapexec code >/tmp/code
/attack/mapexec mprotect /tmp/code
