# shellcheck shell=sh
#
# enforce-capable - the same with every capability that is left
#
/attack/enforce allcaps
