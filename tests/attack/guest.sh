# shellcheck shell=dash disable=SC2034
#
# guest.sh - in the guest: make an attack and see what came of it
#
# SPDX-License-Identifier: MIT

# What the attacks use.
ipe=/sys/kernel/security/ipe
evil=/tmp/evil

# boot_is NAME: is this that boot?
boot_is() {
	grep -q "attack.boot=$1" /proc/cmdline
}

# try NAME: make the attack; prints won=0 or won=1, and why: whether the unverified program ran,
# whether IPE is still enforcing, and whether it still denies what it should.
try() {
	/attack/mark
	# shellcheck disable=SC2016 # the inner shell expands it
	timeout 25 /bin/sh -c '. /vm/lib.sh; . /attack/guest.sh; . "/attack/run/$1.sh"' sh "$1" >&2
	ran=0 enforce=$(cat $ipe/enforce) denies=1 active=
	/attack/mark && ran=1
	for policy in "$ipe"/policies/*; do
		[ "$(cat "$policy/active")" != 1 ] || active=${policy##*/}
	done
	# A new file: the attack may have made something of the old one.
	cp /attack/evil /tmp/probe
	(/tmp/probe) >/dev/null 2>&1
	/attack/mark && denies=0
	rm -f /tmp/probe
	won=1
	[ "$ran$enforce$denies" != 011 ] || won=0
	# With IPE switched off only the program counts.
	[ -z "$2" ] || won=$ran
	echo "$2won=$won ran=$ran enforce=$enforce denies=$denies active=$active"
}

# attempt NAME: try it. Where root can (the policy is merely loaded), put everything back, and if
# the attack was lost, try it again after switching IPE off: that shows that the attack is one.
attempt() {
	if grep -q attack.only= /proc/cmdline && ! grep -q "attack.only=[^ ]*$1" /proc/cmdline; then
		return 0
	fi
	try "$1"
	if boot_is contrast || boot_is pivot; then
		if [ $won = 0 ]; then
			echo 0 >$ipe/enforce
			try "$1" control-
		fi
		echo 1 >$ipe/enforce
		# shellcheck source=/dev/null
		[ ! -e "/attack/run/$1.restore" ] || . "/attack/run/$1.restore"
		cp /attack/evil /tmp/probe
		if (/tmp/probe) >/dev/null 2>&1; then
			echo "not put back" >&2
		fi
		/attack/mark
		rm -f /tmp/probe
	fi
	return 0
}

# unprivileged COMMAND...: as root without CAP_MAC_ADMIN, as everybody is after the seal.
unprivileged() {
	drop mac_admin -- "$@"
}

# crash: let the kernel write a core.
crash() {
	(
		# shellcheck disable=SC3045 # BusyBox has it
		ulimit -c unlimited
		sh -c 'kill -SEGV $$'
	)
	sleep 1
}

# helper_script: what a verified shell is to run as the kernel's helper.
helper_script() {
	echo "echo 0 >$ipe/enforce" >/tmp/helper.sh
}
