# shellcheck shell=bash
#
# whole.bash - many files, good and bad, through the whole loader
#
# A bats file loads it after lib. What each file must come to is told in whole.c.
#
# SPDX-License-Identifier: MIT

# shellcheck disable=SC2154 # step sets output

# whole_boot DIRECTORY: boot a machine in which each file of DIRECTORY goes through ipe-load.
whole_boot() {
	vm_tree whole
	vm_add_driver
	vm_add_static whole
	vm_add_file "$BUILD/ipe-load" /usr/sbin/ipe-load
	mkdir -p "$TREE/files"
	find "$1" -maxdepth 1 -type f -exec cp -t "$TREE/files" {} +
	vm_step whole 240 <<<'mount_all && cd /files && exec whole *'
	vm_boot --timeout 300 --append audit=0
}

# whole_passed [NAME]...: nothing was wrong; the counts are shown. Of what the kernel takes these files
# and no others are refused, but for texts in whose way another of that name and version is.
whole_passed() {
	local name refused
	vm_use whole
	step whole
	echo "$output" | awk 'NF > 3 && $4 != "same"'
	assert_success
	refused=$(awk '$2 == 0 && $3 && $4 != "same" { print $1 }' <<<"$output" | sort -u)
	for name; do
		refute_line "$name 0 0 "
		assert_line --regexp "^$name 0 1 "
		refused=$(grep -vxF "$name" <<<"$refused" || :)
	done
	assert_equal "$refused" ''
	awk '{
		runs++
		count[$3 ? "refused" : "active"]++
		files += !seen[$1]++
		same += $4 == "same"
	} END {
		printf "# %d files in %d runs: %d times active, %d times refused", files, runs,
			count["active"], count["refused"]
		printf " (%d times since another of that name and version is active)\n", same
	}' <<<"$output" >&3
}
