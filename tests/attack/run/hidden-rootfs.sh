# shellcheck shell=sh
#
# hidden-rootfs - go below the real root by unmounting it
#
/attack/hidden detach $evil
