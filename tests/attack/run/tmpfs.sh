# shellcheck shell=sh disable=SC2154
#
# tmpfs - run a program from tmpfs
#
# SPDX-License-Identifier: MIT

"$evil"
