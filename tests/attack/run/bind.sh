# shellcheck shell=sh
#
# bind - mount a program over a verified one
#
mount --bind $evil /attack/victim
/attack/victim
umount /attack/victim
