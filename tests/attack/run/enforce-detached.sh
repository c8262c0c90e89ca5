# shellcheck shell=sh
#
# enforce-detached - the same through another mount of securityfs
#
/attack/enforce detached
