# shellcheck shell=sh
#
# enforce-setuid - the same from a setuid program
#
/attack/enforce user
