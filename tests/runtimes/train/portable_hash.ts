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
  adafactor: "a951681d70effa919a4a1b1ea8532125133aeeff91be5dba6f79b543d4a2634a",
  adamScheduleFree: "371a4903bf945a8cf0f8aa39c81ca9a916ca65348d73a8f75ca5539d60ae20a1",
  ftrl: "c54a995a19062cf1f1d2d868b3671498307f78a026cb3191e203f924966f628c",
  muon: "eef244a7fad7d800507995c1edc5f885655f4c02a89d2149f55f386a938fd1dc",
  lamb: "247c75a69b25d67ea35e09edfb8300729658279ddd21858b76ba83e46de3ee37",
};

/** How many epochs it takes. */
export const EPOCHS = 4;
