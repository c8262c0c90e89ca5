#!/bin/sh
#
# embedded.sh - print the files as the table of embedded policies that find/embedded.h declares
#
# Usage: embedded.sh [POLICY.p7b]...
#
# SPDX-License-Identifier: MIT

set -eu

printf '%s\n' '#include "find/embedded.h"' \
	"const size_t embedded_count = $#;" \
	'const struct embedded_policy embedded[] = {'
for file; do
	# Its name, as messages have it, then its bytes and how many they are.
	printf '%s\n' "${file##*/}" | sed 's/["\\]/\\&/g; s/.*/{"&", {(const unsigned char[]){/'
	od -An -v -tu1 "$file" | sed 's/ *\([0-9][0-9]*\)/\1,/g'
	echo "}, $(wc -c <"$file")}},"
done
echo '{0}};'
