# shellcheck shell=sh
#
# descriptor-ring - let the io_uring of a process open enforce with the credentials that it keeps
#
# SPDX-License-Identifier: MIT

unprivileged /attack/ring "$(pidof keeper)"
