import * as activations from "../../src/activations/activations.ts";
import { activationTable } from "../../src/activations/gen/table.ts";
import * as layers from "../../src/layers/layers.ts";
import { type Sequential, sequential } from "../../src/models/sequential.ts";

/** Deterministic numbers from −1 to 1. */
export function draw(count: number, seed = 1): Float32Array {
  let state = seed;
  return Float32Array.from({ length: count }, () => 2 * ((state = state * 48271 % 2147483647) / 2147483647) - 1);
}

/** Gives every weight of a model other values, so that biases are not zero. Variances stay positive. */
export function scramble(model: Sequential): Sequential {
  model.setWeights(Object.fromEntries(model.weights.map(({ name, value }, i) => {
    const values = draw(value.data.length, i + 2).map((v) => name.endsWith("variance") ? 1.5 + v : 0.5 * v);
    return [name, { data: values, shape: value.shape }];
  })));
  return model;
}

/** XOR 2-7-1. */
export function xorModel(): Sequential {
  return scramble(sequential([
    layers.dense({ units: 7, activation: "sigmoid", inputShape: [2] }),
    layers.dense({ units: 1, activation: "sigmoid" }),
  ], { name: "xor" }));
}

/** Models that between them use every kind of layer and every activation, by name. */
export const sampleModels: Readonly<Record<string, () => Sequential>> = {
  xor: xorModel,
  wide: () =>
    scramble(sequential([
      layers.rescaling({ scale: 1 / 255, offset: -0.5, inputShape: [67] }),
      layers.dense({ units: 45, activation: "relu" }),
      layers.dropout({ rate: 0.5 }),
      layers.dense({ units: 33, activation: "relu", useBias: false }),
      layers.dense({ units: 10, activation: "softmax" }),
    ])),
  normalized: () =>
    scramble(sequential([
      layers.normalization({ inputShape: [5] }),
      layers.dense({ units: 6, activation: "tanh" }),
      layers.normalization(),
      layers.dense({ units: 4 }),
      layers.normalization({ invert: true }),
      layers.activation({ activation: "log_softmax" }),
    ])),
  sequence: () =>
    scramble(sequential([
      layers.dense({ units: 6, activation: "gelu", inputShape: [3, 4] }),
      layers.prelu(),
      layers.reshape({ targetShape: [2, 9] }),
      layers.dense({ units: 3 }),
      layers.softmax(),
    ])),
  nothing: () => sequential([layers.flatten({ inputShape: [2, 3] }), layers.dropout({ rate: 0.1 })]),
  relu_with_options: () =>
    scramble(sequential([
      layers.dense({ units: 9, activation: activations.relu({ negativeSlope: 0.1, threshold: 0.2 }), inputShape: [4] }),
      layers.dense({ units: 9, activation: activations.relu({ negativeSlope: 0.1, threshold: 0.2, maxValue: 0.5 }) }),
      layers.dense({ units: 3, activation: activations.gelu({ approximate: true }) }),
    ])),
  ...Object.fromEntries(
    // Steps are in the entry for blocks: tests/activations/flat_test.ts.
    Object.keys(activationTable).filter((name) => name !== "step" && name !== "sign").map((name) => {
      const activation = name === "threshold"
        ? activations.threshold({ threshold: 0.1, defaultValue: -0.3 })
        : name as "relu";
      return [name, () =>
        scramble(sequential([
          layers.dense({ units: 9, activation, inputShape: [4] }),
          layers.dense({ units: 3, activation }),
        ]))];
    }),
  ),
};
