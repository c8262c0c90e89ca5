# shellcheck shell=sh
#
# descriptor-leaked - use a descriptor of enforce that the initramfs has left open
#
# SPDX-License-Identifier: MIT

unprivileged /attack/enforce fd 8
