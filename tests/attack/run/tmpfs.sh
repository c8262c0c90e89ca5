# shellcheck shell=sh
#
# tmpfs - run a program from tmpfs
#
$evil
