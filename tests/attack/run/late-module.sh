# shellcheck shell=sh
#
# late-module - load the verified dm-verity anew, with keyring_unsealed=1, and do as key-unsealed does
#
# SPDX-License-Identifier: MIT

rmmod dm_verity
insmod "$(find /lib/modules -name dm-verity.ko)" keyring_unsealed=1
# shellcheck disable=SC1091
. /attack/run/key-unsealed.sh
rmmod dm_verity
insmod "$(find /lib/modules -name dm-verity.ko)"
