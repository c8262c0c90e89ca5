# shellcheck shell=sh
#
# dlopen - dlopen an unverified library
#
# SPDX-License-Identifier: MIT

/attack/dynamic /tmp/evil.so
