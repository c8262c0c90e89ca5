# shellcheck shell=sh
#
# enforce-namespaces - the same in every namespace of process 1
#
# SPDX-License-Identifier: MIT

nsenter -t 1 -m -u -i -n -p /attack/enforce
