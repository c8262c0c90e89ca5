/*
 * volume.c - is a block device a dm-verity volume, and which?
 *
 * SPDX-License-Identifier: MIT
 */
#define _GNU_SOURCE
#include "status/volume.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/dm-ioctl.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "hold/number.h"
#include "kernel/file.h"
#include "kernel/mount.h"

/* The longest name of a block device (DISK_NAME_LEN and a partition's number). */
#define DEVICE_LONGEST 40

/* What DM_TABLE_STATUS writes: the targets follow the header. */
#define TABLE_LONGEST 16384

/* Opens the device's directory of sysfs: a descriptor, or -errno. */
static int open_device(struct bytes device)
{
	static const char class[] = "class/block/";
	char path[sizeof(class) + DEVICE_LONGEST];
	struct bytes rest = device;
	int fd, sysfs = mount_sysfs();

	if (sysfs < 0)
		return sysfs;
	/* The name comes from a log: it must not lead elsewhere. */
	if (!device.left || device.left > DEVICE_LONGEST || bytes_has(device, '/') ||
		bytes_has(device, '\0') || bytes_skip(&rest, "."))
		return -ENODEV;
	memcpy(path, class, sizeof(class) - 1);
	memcpy(path + sizeof(class) - 1, device.at, device.left);
	path[sizeof(class) - 1 + device.left] = '\0';
	fd = file_open(sysfs, path, O_PATH);
	return fd == -ENOENT ? -ENODEV : fd;
}

/* Reads the device-mapper's name of the device.  1, 0 when it has none, or -errno. */
static int read_name(struct bytes device, char name[DM_NAME_LEN])
{
	struct bytes content, line;
	int error, directory = open_device(device);

	if (directory < 0)
		return directory;
	error = file_read_whole(directory, "dm/name", &content);
	close(directory);
	if (error)
		return error == -ENOENT ? 0 : error;
	(void)bytes_until(&content, &line, "\n");
	if (line.left >= DM_NAME_LEN)
		return -EINVAL;
	memcpy(name, line.at, line.left);
	name[line.left] = '\0';
	return 1;
}

static int open_control(void)
{
	int devtmpfs, control = file_open(AT_FDCWD, "/dev/mapper/control", O_RDONLY);

	if (control != -ENOENT)
		return control;
	devtmpfs = mount_devtmpfs();
	return devtmpfs < 0 ? control : file_open(devtmpfs, "mapper/control", O_RDONLY);
}

/* Reads the table of the device of that name into the buffer.  Returns 0 or -errno. */
static int read_table(const char *name, struct dm_ioctl *request)
{
	int error = 0, control = open_control();

	if (control < 0)
		return control;
	memset(request, 0, sizeof(*request));
	request->version[0] = DM_VERSION_MAJOR;
	request->data_size = TABLE_LONGEST;
	request->data_start = sizeof(*request);
	request->flags = DM_STATUS_TABLE_FLAG | DM_NOFLUSH_FLAG;
	memcpy(request->name, name, strlen(name));
	if (syscall(SYS_ioctl, control, DM_TABLE_STATUS, request))
		error = errno == ENXIO ? -ENODEV : -errno;
	close(control);
	if (!error && request->flags & DM_BUFFER_FULL_FLAG)
		error = -EMSGSIZE;
	return error;
}

/* Takes what verity_status() in drivers/md/dm-verity-target.c writes. */
static int take_parameters(struct bytes parameters, struct volume *volume)
{
	/* version, both devices, both block sizes, number of blocks, where the hashes begin */
	enum { BEFORE_ALGORITHM = 7 };
	struct bytes word;
	int i;

	for (i = 0; i < BEFORE_ALGORITHM; i++)
		(void)bytes_until(&parameters, &word, " ");
	(void)bytes_until(&parameters, &volume->algorithm, " ");
	(void)bytes_until(&parameters, &volume->root_hash, " ");
	volume->has_signature = bytes_list_has(parameters, "root_hash_sig_key_desc", " ");
	volume->unchecked = bytes_list_has(parameters, "ignore_corruption", " ") ||
			    bytes_list_has(parameters, "check_at_most_once", " ");
	return volume->root_hash.left ? 1 : -EINVAL;
}

int volume_find(struct bytes device, struct volume *volume)
{
	static _Alignas(8) unsigned char buffer[TABLE_LONGEST];
	struct dm_ioctl *request = (struct dm_ioctl *)buffer;
	struct bytes table = {buffer, sizeof(buffer)}, part;
	char name[DM_NAME_LEN];
	struct dm_target_spec target;
	int result = read_name(device, name);

	if (result <= 0)
		return result;
	result = read_table(name, request);
	if (result)
		return result;
	/* A volume has one target. */
	if (request->target_count != 1 || !bytes_take(&table, request->data_start, &part) ||
		!bytes_take(&table, sizeof(target), &part))
		return 0;
	memcpy(&target, part.at, sizeof(target));
	if (strncmp(target.target_type, "verity", sizeof(target.target_type)))
		return 0;
	/* Up to the NUL behind them. */
	part = (struct bytes){table.at, 0};
	while (bytes_get(&table) > 0)
		part.left++;
	return take_parameters(part, volume);
}

int volume_has_number(struct bytes device, unsigned major, unsigned minor)
{
	uint64_t its_major, its_minor;
	struct bytes content;
	int error, directory = open_device(device);

	if (directory < 0)
		return directory;
	error = file_read_whole(directory, "dev", &content);
	close(directory);
	if (error)
		return error;
	if (!number_take(&content, 10, &its_major) || !bytes_skip(&content, ":") ||
		!number_take(&content, 10, &its_minor))
		return -EINVAL;
	return its_major == major && its_minor == minor;
}
