# shellcheck shell=sh
#
# policy-load - load a permissive policy that the trusted key signed, and activate it
#
cat /attack/policies/open.p7b >$ipe/new_policy
echo 1 >$ipe/policies/open/active
$evil
