# shellcheck shell=sh
#
# script - give a script to a verified shell
#
echo '/attack/mark set' >/tmp/script
sh /tmp/script
