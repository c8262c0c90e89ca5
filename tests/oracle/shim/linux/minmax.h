/* minmax.h - see kernel.h.  SPDX-License-Identifier: MIT */
#include <linux/kernel.h>
