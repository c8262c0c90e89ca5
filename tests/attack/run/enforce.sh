# shellcheck shell=sh
#
# enforce - write 0 to enforce
#
echo 0 >$ipe/enforce
