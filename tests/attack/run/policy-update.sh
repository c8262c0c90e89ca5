# shellcheck shell=sh
#
# policy-update - update the active policy to a permissive one
#
for name in initrd final; do
	cat /attack/policies/update-$name.p7b >$ipe/policies/$name/update
done
$evil
