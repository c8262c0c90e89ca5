# shellcheck shell=sh
#
# map-private - write into a private mapping of a verified file, then execute it
#
# SPDX-License-Identifier: MIT

/attack/mapexec private /attack/mapexec
