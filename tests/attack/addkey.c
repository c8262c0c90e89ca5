/*
 * addkey.c - add a certificate to every keyring of the kernel's that takes it
 *
 * Usage: addkey CERTIFICATE.der [KEYRING [restrict]]
 *
 * Goes through /proc/keys. Prints "KEYRING: added" or "KEYRING: errno N: ..." for each keyring
 * whose name begins with a dot, or for the one named. With "restrict", restricts it then, so that
 * it takes no other key, and prints "KEYRING: restricted" or the errno. Status 0 if one took it, 1
 * if none did. SPDX-License-Identifier: MIT
 */

#include <errno.h>
#include <linux/keyctl.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

static char certificate[65536];

int main(int argc, char **argv)
{
	char line[1024], type[32], name[256];
	FILE *file = fopen(argc > 1 ? argv[1] : "", "r");
	size_t length;
	unsigned serial;
	int status = 1;

	if (!file) {
		perror("certificate");
		return 2;
	}
	length = fread(certificate, 1, sizeof(certificate), file);
	fclose(file);
	file = fopen("/proc/keys", "r");
	if (!file) {
		perror("/proc/keys");
		return 2;
	}
	while (fgets(line, sizeof(line), file)) {
		if (sscanf(line, "%x %*s %*s %*s %*s %*s %*s %31s %255[^:]", &serial, type, name) !=
			3)
			continue;
		if (strcmp(type, "keyring") || name[0] != '.' ||
			(argc > 2 && strcmp(name, argv[2])))
			continue;
		if (syscall(SYS_add_key, "asymmetric", "", certificate, length, (int)serial) < 0) {
			printf("%s: errno %d: %s\n", name, errno, strerror(errno));
		} else {
			printf("%s: added\n", name);
			status = 0;
		}
		if (argc > 3) {
			if (syscall(SYS_keyctl, KEYCTL_RESTRICT_KEYRING, (int)serial, NULL, NULL))
				printf("%s: restricting: errno %d: %s\n", name, errno,
					strerror(errno));
			else
				printf("%s: restricted\n", name);
		}
	}
	return status;
}
