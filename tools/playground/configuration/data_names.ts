/** The data sets, in the order in which they are offered. */
export const DATA_NAMES = [
  "xor",
  "noisy_xor",
  "circle",
  "spiral",
  "gaussians",
  "moons",
  "plane",
  "waves",
  "worked_example",
  "iris",
  "own",
] as const;

/** The name of a data set. */
export type DataName = (typeof DATA_NAMES)[number];
