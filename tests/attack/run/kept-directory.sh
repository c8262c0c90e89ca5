# shellcheck shell=sh
#
# kept-directory - go to the rootfs through a directory that a process kept open
#
/attack/hidden through "/proc/$(pidof keeper)/fd/9" $evil
