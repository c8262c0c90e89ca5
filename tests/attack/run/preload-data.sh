# shellcheck shell=sh
#
# preload-data - LD_PRELOAD an unverified library without code, which names a verified function to run
#
# SPDX-License-Identifier: MIT

cp /attack/preload-data.so /tmp
LD_PRELOAD=/tmp/preload-data.so /attack/dynamic
