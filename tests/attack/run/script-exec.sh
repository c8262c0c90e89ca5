# shellcheck shell=sh
#
# script-exec - run a script as a program
#
# SPDX-License-Identifier: MIT

printf '#!/bin/sh\n/attack/mark set\n' >/tmp/script
chmod 755 /tmp/script
/tmp/script
