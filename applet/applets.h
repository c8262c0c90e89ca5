/*
 * applets.h - the applets' mains
 *
 * Each returns its exit status, as its manual page has it.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef APPLETS_H
#define APPLETS_H

int ipe_load(char **argv);
int ipe_check(char **argv);
int ipe_status(char **argv);

#endif
