# shellcheck shell=sh
#
# hidden-pivot - go below the real root by pivot_root
#
/attack/hidden pivot $evil
