# shellcheck shell=sh
#
# map-jit - execute memory after writing it
#
/attack/mapexec jit
