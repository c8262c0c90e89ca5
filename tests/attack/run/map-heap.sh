# shellcheck shell=sh
#
# map-heap - execute the heap with READ_IMPLIES_EXEC
#
/attack/mapexec brk
