# shellcheck shell=sh
#
# map-shared - execute shared memory
#
# SPDX-License-Identifier: MIT

/attack/mapexec shm
