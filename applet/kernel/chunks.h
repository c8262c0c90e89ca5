/*
 * chunks.h - what a descriptor gives, a buffer at a time
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef KERNEL_CHUNKS_H
#define KERNEL_CHUNKS_H

/* A walk over the entries of a directory, or over the bytes of a file. */
struct chunks {
	int fd;
	int have, at; /* in buffer; after the end have is 0, or -errno */
	/* Several entries: one with the longest name has 280 bytes. */
	_Alignas(8) char buffer[4096];
};

/* Begins with path below the open directory at, opened with O_RDONLY and flags.  What keeps it from
 * being opened is told at the end, as what keeps it from being read.  A walk over a descriptor
 * needs nothing but fd, the rest being 0. */
void chunks_open(struct chunks *from, int at, const char *path, int flags);

/* What the next entry, or byte, is at, valid until the next call, or null: then from->have is 0 at
 * the end, or -errno, and fd is closed.  The caller advances at.  call: that of read(2) or
 * getdents64(2). */
const char *chunks_next(struct chunks *from, long call);

#endif
