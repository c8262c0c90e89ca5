# shellcheck shell=sh
#
# enforce-parameter - the same through the module's parameter, made writable
#
# SPDX-License-Identifier: MIT

chmod 666 /sys/module/ipe/parameters/enforce
echo 0 >/sys/module/ipe/parameters/enforce
