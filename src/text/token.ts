/** What a vocabulary holds: strings, or integers. */
export type Token = string | number;

/** The most tokens that a vocabulary has, and that are told apart while it is learnt. */
export const MOST_TOKENS = 1 << 22;

/** The most characters that the tokens of a vocabulary have together. */
export const MOST_CHARACTERS = 1 << 27;
