# shellcheck shell=sh
#
# late-closed - the same after kernel.modules_disabled=1
#
# SPDX-License-Identifier: MIT

echo 1 >/proc/sys/kernel/modules_disabled
# shellcheck disable=SC1091
. /attack/run/late-module.sh
