/**
 * The SHA-256 of the weights that `trainMix` gives with `numerics: "portable"` after `EPOCHS` epochs: on every machine, in every runtime, for
 * every number of workers, in one run or in two.
 *
 * It changes only with the mix itself, or when arithmetic is done in another order. Then put the hash that the failing test shows here, and say
 * in CHANGELOG.md that portable runs give other bits.
 */
export const PORTABLE_HASH = "21f0d005819c62bb571c28d6c7b393ac9ebd7602edae9f9cb5392c8faf177dc2";

/** The same of every net that came later, by its name. */
export const LATER_HASHES: Readonly<Record<string, string>> = {
  lamb: "247c75a69b25d67ea35e09edfb8300729658279ddd21858b76ba83e46de3ee37",
};

/** How many epochs it takes. */
export const EPOCHS = 4;
