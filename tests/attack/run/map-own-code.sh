# shellcheck shell=sh
#
# map-own-code - overwrite one's own code through /proc/self/mem
#
/attack/mapexec mem
