# shellcheck shell=sh
#
# descriptor-leaked - use a descriptor of enforce that the initramfs has left open
#
unprivileged /attack/enforce fd 8
