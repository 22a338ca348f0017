import { type FunctionalModel, input, layers, model, type ModelOptions, type Tensor } from "../../mod.ts";
import { drawNumbers } from "./draw_numbers.ts";

export const ROWS = 45;
/** Samples of two inputs. */
export const x = { left: drawNumbers(ROWS, 3, 1), right: drawNumbers(ROWS, 5, 2) };
/** Labels of two outputs: a class, and two numbers. */
export const y = { label: Array.from({ length: ROWS }, (_, i) => i * 7 % 3), size: drawNumbers(ROWS, 2, 3) };

/** A model with two inputs, dropout, and two outputs of different losses. It is not compiled. */
export function makeTwoHeads(
  options: ModelOptions = {},
): FunctionalModel<{ readonly label: Tensor; readonly size: Tensor }> {
  const left = input({ shape: [3], name: "left" });
  const right = input({ shape: [5], name: "right" });
  const joined = layers.concatenate({ name: "joined" }).apply([left, right]);
  const trunk = layers.dense({ units: 9, activation: "tanh", kernelRegularizer: "l2", name: "trunk" }).apply(joined);
  const thinned = layers.dropout({ rate: 0.2, name: "thinned" }).apply(trunk);
  const label = layers.dense({ units: 3, activation: "softmax", name: "label" }).apply(thinned);
  const size = layers.dense({ units: 2, name: "size" }).apply(
    layers.concatenate({ name: "both" }).apply([trunk, label]),
  );
  return model({ inputs: { left, right }, outputs: { label, size } }, { seed: 4, ...options });
}

/** How most tests train it. */
export const COMPILED = {
  optimizer: "adam",
  loss: { label: "sparse_categorical_crossentropy", size: "mean_squared_error" },
  lossWeights: { label: 1, size: 0.5 },
  metrics: { label: ["accuracy"], size: "mae" },
} as const;

/** The model, compiled. */
export function buildTwoHeads(options: ModelOptions = {}): ReturnType<typeof makeTwoHeads> {
  const m = makeTwoHeads(options);
  m.compile(COMPILED);
  return m;
}
