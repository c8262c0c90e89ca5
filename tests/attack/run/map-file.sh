# shellcheck shell=sh
#
# map-file - map an unverified file as executable
#
/attack/mapexec code >/tmp/code
/attack/mapexec mmap /tmp/code
