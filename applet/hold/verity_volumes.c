/*
 * verity_volumes.c - dm-verity volumes that anybody could mount by fuseblk
 *
 * SPDX-License-Identifier: MIT
 */
#define _GNU_SOURCE
#include "hold/verity_volumes.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include "kernel/directory.h"
#include "kernel/file.h"
#include "kernel/mount.h"
#include "kernel/proc.h"
#include "policy/bytes.h"
#include "say.h"

/* How often the volumes are looked at, at such an interval: five seconds in all. */
#define LOOKS 50
#define INTERVAL 100 /* ms */

/* Is the device being removed, or has it been, since it was listed?  sysfs says the first by EINVAL
 * (dm_attr_show, drivers/md/dm-sysfs.c) or ENODEV, devtmpfs by ENXIO (dm_blk_open,
 * drivers/md/dm.c). */
static bool is_going(int error)
{
	return error == -ENOENT || error == -EINVAL || error == -ENODEV || error == -ENXIO;
}

/* Can the block device of sysfs be a dm-verity volume?  It has the UUID of one, or none: whoever
 * calls dmsetup(8) gives it none.  1, 0 (also when it is going), or -errno. */
static int is_verity(int block, const char *device)
{
	struct bytes uuid;
	int error, directory = file_open(block, device, O_PATH);

	if (directory < 0)
		return is_going(directory) ? 0 : directory;
	error = file_read_whole(directory, "dm/uuid", &uuid);
	close(directory);
	if (error)
		return is_going(error) ? 0 : error;
	return bytes_skip(&uuid, "CRYPT-VERITY-") || bytes_are(uuid, "\n");
}

/* A mount claims it, and so does a device on top of it; then it cannot be opened with O_EXCL
 * (open(2)). */
int verity_volumes_is_unclaimed(const char *device)
{
	int fd, devtmpfs = mount_devtmpfs();

	if (devtmpfs < 0)
		return devtmpfs;
	fd = file_open(devtmpfs, device, O_RDONLY | O_EXCL);
	if (fd == -EBUSY || is_going(fd))
		return 0;
	if (fd < 0)
		return fd;
	close(fd);
	return 1;
}

/* Is it a dm-verity volume that nobody has mounted?  1, 0 or -errno. */
static int is_free_volume(int block, const char *device)
{
	int result = is_verity(block, device);

	return result <= 0 ? result : verity_volumes_is_unclaimed(device);
}

/* Begins the line, and adds all such devices: 1, 0 when there is none, or -errno. */
static int name_free_volumes(void)
{
	static struct directory devices;
	const char *device;
	bool any = false;
	int result, sysfs = mount_sysfs();

	if (sysfs < 0)
		return sysfs;
	result = directory_open(&devices, sysfs, "block");
	if (result)
		return result;
	say_begin(SAY_ERROR);
	say_add("seal: dm-verity volumes are open that nobody has mounted:");
	while ((result = directory_next(&devices, &device)) > 0) {
		if (*device == '.')
			continue;
		result = is_free_volume(devices.fd, device);
		if (result < 0)
			break;
		if (result > 0) {
			say_add(" %s", device);
			any = true;
		}
	}
	directory_close(&devices);
	return result < 0 ? result : any;
}

bool verity_volumes_wait(void)
{
	int left, looks = 1;

	while ((left = name_free_volumes()) > 0 && looks < LOOKS) {
		poll(NULL, 0, INTERVAL);
		looks++;
	}
	if (left < 0)
		return fail_errno(left, "seal: the dm-verity volumes cannot be listed (it takes "
					"CAP_SYS_ADMIN)");
	if (left == 0)
		return true;
	say_add(" (mount or close them before switch-root: fuseblk can give them any content)");
	say_end();
	return false;
}

void verity_volumes_note_fuseblk(void)
{
	struct bytes types;

	if (proc_read("filesystems", &types))
		say(SAY_NOTE, "seal: /proc/filesystems cannot be read: fuseblk may be there");
	else if (bytes_list_has(types, "fuseblk", "\t\n"))
		say(SAY_NOTE, "seal: this kernel has fuseblk, which gives a signed volume that "
			      "root unmounts any content (use a kernel without FUSE)");
}
