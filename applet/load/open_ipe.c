/*
 * open_ipe.c - is there IPE in this kernel?
 *
 * SPDX-License-Identifier: MIT
 */
#include "load/open_ipe.h"

#include <errno.h>

#include "kernel/file.h"
#include "kernel/identity.h"
#include "kernel/ipe.h"
#include "kernel/mount.h"
#include "say.h"

/* Is IPE compiled into this kernel?  Then sysfs has its parameters, also when it does not run. */
static bool is_compiled_in(void)
{
	struct file_identity parameters;
	int sysfs = mount_sysfs();

	return sysfs >= 0 && identity_of(sysfs, "module/ipe", &parameters) == 0;
}

enum load_status open_ipe(bool required)
{
	enum say_kind kind = required ? SAY_ERROR : SAY_NOTE;
	enum load_status without = required ? LOAD_FAILED : LOAD_NOTHING;
	struct bytes modules; /* the names of those that run, with commas between */
	int error = ipe_open();

	if (!error)
		return LOAD_GOOD;
	if (error == -ENODEV) {
		say(kind, "IPE: this kernel has no securityfs");
		return without;
	}
	if (error == -ENOENT && !file_read_whole(mount_securityfs(), "lsm", &modules) &&
		!bytes_list_has(modules, "ipe", ",")) {
		if (is_compiled_in())
			say(kind, "IPE: ipe is not in lsm=%pB (add it there)", &modules);
		else
			say(kind,
				"IPE: this kernel was built without it (CONFIG_SECURITY_IPE); its "
				"modules are %pB",
				&modules);
		return without;
	}
	if (error == -EPERM)
		fail("securityfs: not mounted, and mounting needs CAP_SYS_ADMIN");
	else
		fail_errno(error, "securityfs: IPE's directory cannot be reached");
	return LOAD_FAILED;
}
