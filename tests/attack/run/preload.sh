# shellcheck shell=sh
#
# preload - LD_PRELOAD an unverified library
#
# SPDX-License-Identifier: MIT

LD_PRELOAD=/tmp/evil.so /attack/dynamic
