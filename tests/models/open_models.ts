import { layers, type Sequential, sequential } from "../../mod.ts";
import type { Symbolic } from "../../src/tensor/symbolic.ts";
import { drawNumbers } from "./draw_numbers.ts";

/** The mean over the steps that count: [batch, steps, features] → [batch, features]. A layer that knows nothing of unknown lengths. */
export class MeanOverTime extends layers.Layer {
  constructor(config: { name?: string } = {}) {
    super("mean_over_time", config);
  }
  override call(t: layers.Tracing, x: Symbolic): Symbolic {
    const mask = t.mask(x);
    if (mask === null) return t.ops.mean(x, { axis: 1 });
    const weights = t.ops.expandDims(mask, -1);
    return t.ops.divide(t.ops.sum(t.ops.multiply(x, weights), { axis: 1 }), t.ops.sum(weights, { axis: 1 }));
  }
}

/** Its factory, for `loadModel`. */
export const custom = { layers: { mean_over_time: (config: object) => new MeanOverTime(config) } };

/** Sequences [rows, steps, 3]; the first step is never all 0. */
export function drawSequences(rows: number, steps: number, seed: number): number[][][] {
  const drawn = drawNumbers(rows * steps, 3, seed + steps);
  return Array.from({ length: rows }, (_, row) => drawn.slice(row * steps, (row + 1) * steps));
}

/** Classes of sequences: whether the first features have a sum over 0. */
export function classOf(sequences: readonly (readonly (readonly number[])[])[]): number[] {
  return sequences.map((steps) => Number(steps.reduce((sum, [first]) => sum + first, 0) > 0));
}

/** A classifier of sequences of `steps` steps; null: of any number. Masks, normalisation, dropout and moving statistics are in it. */
export function buildClassifier(steps: number | null): Sequential {
  const m = sequential([
    layers.masking({ inputShape: [steps, 3] }),
    layers.dense({ units: 6, activation: "tanh" }),
    layers.layerNormalization(),
    new MeanOverTime(),
    layers.batchNormalization(),
    layers.dropout({ rate: 0.2 }),
    layers.dense({ units: 2, activation: "softmax" }),
  ], { seed: 4 });
  m.compile({ optimizer: "adam", loss: "sparse_categorical_crossentropy", metrics: ["accuracy"] });
  return m;
}
