/*
 * prose_model.h - how probable the next bit of the sentences is
 *
 * What packer (pack/pack.c) and unpacker (prose.c) share.  Contexts of several lengths, the last 0
 * to 5 characters and the word so far, each vote for a 1, and learn from what comes: a logistic
 * regression.  The packed text only says how far off that was (an arithmetic code, rANS): a third
 * of the sentences' length, and half of what a table of frequent pairs makes of them.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef PROSE_MODEL_H
#define PROSE_MODEL_H

#include <stdint.h>

/* A pointer below is a sentence's number, since no address is as small. */
#define NUMBERS 4096

#define VOTERS 7
/* Some 200,000 contexts occur.  Those that share a place spoil each other's vote a little. */
#define PLACE_BITS 19

/* A vote is the logarithm (base 2) of how much more probable a 1 is; 1 is so much. */
#define VOTE_BITS 11
#define VOTE_ONE (1 << VOTE_BITS)
/* What the sum of votes, as a power of 2, may be at most and at least; the packer sees to it. */
#define VOTES_MAX 16
#define VOTES_MIN (-20)
/* A probability of 1. */
#define CERTAIN 65536

struct place {
	int vote;
	int calm; /* grows with each bit: the more, the less it learns */
};

/* All 0 at the beginning. */
static struct place places[1 << PLACE_BITS];
static struct place *voters[VOTERS];

/* A number without any pattern. */
#define MIX 0x9e3779b97f4a7c15

/*
 * Lets vote for the next bit.  before: what is known of the character, its upper bits with a 1
 * before them, is the lowest byte; what that was at the end of the character before it is the next,
 * and so on.  word: a hash of the small letters just before it.  Returns the sum of the votes.
 */
static inline int model_vote(uint64_t before, uint64_t word)
{
	uint64_t context;
	int i, votes = 0;

	for (i = 0; i < VOTERS; i++) {
		/* the last characters, one less each time */
		context = i ? before << (8 * i + 8) : word + (before & 255);
		voters[i] = &places[context * MIX >> (64 - PLACE_BITS)];
		votes += voters[i]->vote;
	}
	return votes;
}

/* Teaches those who voted.  error: how probable a 0 was, less how probable it should have been. */
static inline void model_learn(int error)
{
	int i;

	for (i = 0; i < VOTERS; i++) {
		struct place *place = voters[i];

		place->calm++;
		place->vote += error / (place->calm + 24);
	}
}

/* The probability of a 0, which is CERTAIN / (1 + 2^votes), but never 0 or CERTAIN; between two
 * powers of 2 is a straight line. */
static inline int model_probability(int votes)
{
	uint64_t power = (uint64_t)(VOTE_ONE + (votes & (VOTE_ONE - 1)))
			 << ((votes >> VOTE_BITS) - VOTES_MIN);

	return (int)(0x7fffffff / (0x8000 + (uint32_t)(power >> 16)) | 1);
}

/* The next word, after a character. */
static inline uint64_t model_word(uint64_t word, uint64_t before)
{
	return (before & 255) > (0x80 | '`') ? (word + (before & 255)) * MIX : 0;
}

#endif
