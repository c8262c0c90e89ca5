# shellcheck shell=sh
#
# enforce-user-namespace - the same from a user namespace
#
unshare -U -r /attack/enforce
