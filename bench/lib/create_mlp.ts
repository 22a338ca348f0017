import { layers, type Sequential, sequential, type Tensor, tensor } from "../../mod.ts";

/** A classifier and samples for it. */
export interface Classifier {
  model: Sequential;
  x: Tensor;
  /** Class indices. */
  y: Float32Array;
  /** Floating-point operations of the matrix products of a step, for one sample. */
  flopsPerSample: number;
}

/**
 * A classifier of the given widths with relu inside, softmax crossentropy and Adam, and `rows` random samples.
 *
 * Samples come in pairs of equal inputs and different labels: they cannot be learnt by heart, and so gradients do not shrink until their
 * squares are subnormal, with which every processor is slow.
 *
 * A step multiplies matrices three times a layer, but needs no gradient of the input.
 */
export function createMlp(widths: readonly number[], rows: number): Classifier {
  const classes = widths[widths.length - 1];
  const model = sequential(
    widths.slice(1).map((units, i) =>
      layers.dense({
        units,
        activation: i === widths.length - 2 ? "softmax" : "relu",
        ...(i === 0 ? { inputShape: [widths[0]] } : {}),
      })
    ),
    { seed: 1 },
  );
  model.compile({ optimizer: "adam", loss: "sparse_categorical_crossentropy" });
  let state = 1;
  const draw = (): number => (state = state * 48271 % 2147483647) / 2147483647;
  const inputs = Float32Array.from({ length: rows * widths[0] }, () => 2 * draw() - 1);
  const y = Float32Array.from({ length: rows }, () => Math.floor(draw() * classes));
  for (let row = 1; row < rows; row += 2) {
    inputs.copyWithin(row * widths[0], (row - 1) * widths[0], row * widths[0]);
    y[row] = (y[row - 1] + 1) % classes;
  }
  const x = tensor(inputs, [rows, widths[0]]);
  const products = widths.slice(1).map((units, i) => 2 * units * widths[i]);
  const flopsPerSample = 3 * products.reduce((sum, flops) => sum + flops, 0) - products[0];
  return { model, x, y, flopsPerSample };
}
