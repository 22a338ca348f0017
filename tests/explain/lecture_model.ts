import { layers, type Sequential, sequential } from "../../mod.ts";

/** The lecture's network: 2 → 2 → 2, sigmoid everywhere, with the weights of its worked example. */
export function createLecture(
  names: readonly [string, string] = ["one", "two"],
  loss = "half_sum_of_squares",
): Sequential {
  const made = sequential(names.map((name) => layers.dense({ units: 2, activation: "sigmoid", name })), { seed: 1 });
  made.build([2]);
  made.compile({ optimizer: "sgd", loss });
  made.setWeights([[[0.1, 0.2], [0.3, 0.4]], [0.25, 0.25], [[0.5, 0.7], [0.6, 0.8]], [0.35, 0.35]]);
  return made;
}

/** Its sample and label. */
export const LECTURE_X = [[0.1, 0.5]];
export const LECTURE_Y = [[0.05, 0.95]];
