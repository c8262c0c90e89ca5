# shellcheck shell=sh
#
# bpf - attach a BPF program that allows everything to the hook of exec
#
/attack/bpf $evil
