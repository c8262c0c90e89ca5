/*
 * prose.c - unpack the sentences
 *
 * SPDX-License-Identifier: MIT
 */
#include "prose.h"

#ifdef PACKED

#include "bytes.h"
#include "prose_model.h"
#include "tight.h"

/* Made by pack/pack.c. */
extern const uint16_t prose_packed[];

/* Only ever once: it begins with no model, and nothing of it is empty. */
static APART void unpack(void)
{
	const uint16_t *from = prose_packed;
	uint64_t before = 1, word = 0;
	uint32_t state = 0;
	int error, part, zero;
	char *at = prose;

	if (*at)
		return;
	do {
		while (state < CERTAIN)
			state = state << 16 | *from++;
		zero = error = model_probability(model_vote(before, word));
		part = (int)(state % CERTAIN);
		before += before & 255;
		if (part >= zero) {
			part -= zero;
			zero = (uint16_t)-zero; /* CERTAIN - zero, but shorter */
			before++;
		} else {
			error -= CERTAIN;
		}
		state = state / CERTAIN * (uint32_t)zero + (uint32_t)part;
		model_learn(error);
		if (before & 0x80) {
			word = model_word(word, before);
			*at++ = before & 0x7f;
			before = before << 8 | 1;
		}
	} while (at < prose + sizeof(prose));
}

const char *prose_of(const char *text)
{
	if ((uintptr_t)text >= NUMBERS)
		return text;
	unpack();
	return bytes_word(prose, (unsigned)(uintptr_t)text - 1);
}

#endif
