# shellcheck shell=sh
#
# preload - LD_PRELOAD an unverified library
#
LD_PRELOAD=/tmp/evil.so /attack/dynamic
