# shellcheck shell=sh
#
# enforce-detached - the same through another mount of securityfs
#
# SPDX-License-Identifier: MIT

/attack/enforce detached
