# shellcheck shell=sh
#
# dlopen - dlopen an unverified library
#
/attack/dynamic /tmp/evil.so
