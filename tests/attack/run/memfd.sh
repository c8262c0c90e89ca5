# shellcheck shell=sh
#
# memfd - run a program from memory
#
/attack/memfd $evil
