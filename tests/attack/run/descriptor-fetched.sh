# shellcheck shell=sh
#
# descriptor-fetched - fetch a descriptor of enforce from another process
#
# SPDX-License-Identifier: MIT

unprivileged /attack/getfd
