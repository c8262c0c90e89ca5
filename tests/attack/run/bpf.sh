# shellcheck shell=sh disable=SC2154
#
# bpf - attach a BPF program that allows everything to the hook of exec
#
# SPDX-License-Identifier: MIT

/attack/bpf "$evil"
