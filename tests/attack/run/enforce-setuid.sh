# shellcheck shell=sh
#
# enforce-setuid - the same from a setuid program
#
# SPDX-License-Identifier: MIT

/attack/enforce user
