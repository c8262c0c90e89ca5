# shellcheck shell=sh
#
# enforce-user-namespace - the same from a user namespace
#
# SPDX-License-Identifier: MIT

unshare -U -r /attack/enforce
