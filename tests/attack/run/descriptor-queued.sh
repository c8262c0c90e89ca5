# shellcheck shell=sh
#
# descriptor-queued - take a descriptor of enforce out of the queue of a socket
#
# SPDX-License-Identifier: MIT

unprivileged /attack/getfd queued "$(pidof keeper)"
