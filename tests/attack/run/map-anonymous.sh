# shellcheck shell=sh
#
# map-anonymous - execute anonymous memory
#
/attack/mapexec anonymous
