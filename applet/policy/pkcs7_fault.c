/*
 * pkcs7_fault.c - what can be wrong with a signed message
 *
 * SPDX-License-Identifier: MIT
 */
#include "policy/pkcs7_fault.h"

#include <errno.h>

int pkcs7_fault_errno(enum pkcs7_fault fault)
{
	switch (fault) {
	case PKCS7_OK:
		return 0;
	case PKCS7_TOO_LONG:
		return EMSGSIZE;
	case PKCS7_NOT_SIGNED:
	case PKCS7_NOT_DATA:
	case PKCS7_VERSION:
	case PKCS7_KEY_SIZE:
	case PKCS7_ATTR_MIXED:
		return EINVAL;
	case PKCS7_DETACHED:
	case PKCS7_STREAM:
	case PKCS7_ATTR_KIND:
	case PKCS7_ATTR_REPEATED:
	case PKCS7_TIME_OUTSIDE:
	case PKCS7_KEY_NOT_CERTS:
		return EKEYREJECTED;
	case PKCS7_DIGEST_ALGO:
	case PKCS7_KEY_ALGO:
	case PKCS7_KEY_NAMED_WITH_DIGEST:
	case PKCS7_KEY_NAMED_EC:
	case PKCS7_CERT_ALGO:
		return ENOPKG;
	default:
		return EBADMSG;
	}
}
