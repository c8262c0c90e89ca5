# shellcheck shell=sh
#
# descriptor-fetched - fetch a descriptor of enforce from another process
#
unprivileged /attack/getfd
