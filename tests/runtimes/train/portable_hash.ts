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
  randomSearch: "050836bbb3192ff0aedeb98bb856235b681813e4191407440aaebdca28d7bdbb",
  simulatedAnnealing: "6d780ab7150ef049e854625e1f6ec30d60bbdeaa7d1ce69e8e633a2f77cfe8e2",
  geneticAlgorithm: "9ba7e54ca9e7c128eccfb648dbc8cc6c8b1a78dd2b3e8496b435b8269b298769",
  blend: "25e15a018a5384b40e6bf5413d34ef7549b9586442fc5bfe46e1d95ff0f16b03",
  differentialEvolution: "f0cbf572b27099caed5275d44dea76bc5ea98bf10c1d0e94bc5851d8b211fa63",
  jade: "81bb3532cdb421119cbaa86758b035de7e1561da741f9995f39804a962dbc5e8",
  particleSwarm: "29a3bf11fb3fd905f486d64aee3f1ec456b8db7d4f8ceb6ba60c34853001c1f2",
  evolutionStrategy: "d8c981c6336188a0328845a12e1a45d4cee178823ac3277f046d1e9a4b1f1574",
  cmaEs: "182ac0450e9a432186a59ec661c408bf2df0922dae235a54cb246fe7e5b2c6c3",
  separableCmaEs: "eeed0ce94c019181b466d18da2a98cfeeefe2cca979f4b2506e0dd9704461516",
};

/** How many epochs it takes. */
export const EPOCHS = 4;
