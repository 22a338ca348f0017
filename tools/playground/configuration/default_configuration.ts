import type { Configuration, Part } from "./configuration.ts";

/** A dense layer of the configuration. */
export function dense(units: number, activation: string, options: Part["options"] = {}): Part {
  return { name: "dense", options: { units, activation, ...options } };
}

/** What the page begins with: XOR with seven hidden neurons, as the lecture does. */
export const DEFAULT_CONFIGURATION: Configuration = {
  data: { name: "xor", samples: 200, noise: 0.1, testShare: 0.3, seed: 1, points: [], task: "classes" },
  features: ["x1", "x2"],
  layers: [dense(7, "sigmoid")],
  output: { activation: "sigmoid" },
  loss: { name: "binary_crossentropy", options: {} },
  optimizer: { name: "sgd", options: {} },
  learningRate: 4.5,
  schedule: null,
  batchSize: null,
  shuffle: true,
  seed: 7,
  weights: null,
  stop: { epochs: null, loss: null, accuracy: null },
  view: { edges: "weights", discrete: false, test: true },
  language: "en",
  hide: [],
  preset: null,
};
