# shellcheck shell=sh disable=SC2154
#
# memfd - run a program from memory
#
# SPDX-License-Identifier: MIT

/attack/memfd "$evil"
