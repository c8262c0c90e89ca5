# shellcheck shell=sh disable=SC2154
#
# hidden-rootfs - go below the real root by unmounting it
#
# SPDX-License-Identifier: MIT

/attack/hidden detach "$evil"
