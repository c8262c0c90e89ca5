# shellcheck shell=sh
#
# script - give a script to a verified shell
#
# SPDX-License-Identifier: MIT

echo '/attack/mark set' >/tmp/script
sh /tmp/script
