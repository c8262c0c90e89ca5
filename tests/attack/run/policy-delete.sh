# shellcheck shell=sh
#
# policy-delete - delete the active policy
#
for policy in $ipe/policies/*; do
	echo 1 >"$policy/delete"
done
$evil
