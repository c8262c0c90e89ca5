# shellcheck shell=sh
#
# policy-higher - the same with a higher version
#
cat /attack/policies/open-higher.p7b >$ipe/new_policy
echo 1 >$ipe/policies/open-higher/active
$evil
