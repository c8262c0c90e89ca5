# shellcheck shell=sh
#
# uprobe - change a variable of a verified process by the reference counter of an uprobe
#
# SPDX-License-Identifier: MIT

/attack/uprobe
