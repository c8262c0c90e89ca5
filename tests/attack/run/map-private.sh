# shellcheck shell=sh
#
# map-private - write into a private mapping of a verified file, then execute it
#
/attack/mapexec private /attack/mapexec
