import { layers } from "../../mod.ts";
import type { ActivationName } from "../../src/activations/gen/table.ts";
import type { LabelKind, Loss } from "../../src/losses/loss.ts";
import { type LossName, lossTable } from "../../src/losses/gen/table.ts";
import { OUTPUTS, type Recipe, SAMPLES, WIDTH } from "./recipe.ts";

const numbers = (f: (i: number, j: number) => number): number[][] =>
  Array.from({ length: SAMPLES }, (_, i) => Array.from({ length: OUTPUTS }, (_, j) => f(i, j)));

/** Labels of every kind, and activations of the output that go with them: the one that can be fused with the loss, and another. */
const kinds: Readonly<Record<LabelKind, { y: Recipe["y"]; activations: readonly ActivationName[] }>> = {
  same: { y: numbers((i, j) => Math.sin(i + 7 * j)), activations: ["linear", "softplus"] },
  non_negative: { y: numbers((i, j) => (i + j) % 4), activations: ["softplus"] },
  binary: { y: numbers((i, j) => (i * j) % 2), activations: ["sigmoid", "hard_sigmoid"] },
  hinge: { y: numbers((i, j) => (i + j) % 2 * 2 - 1), activations: ["linear", "tanh"] },
  distribution: { y: numbers((i, j) => j === i % OUTPUTS ? 1 : 0), activations: ["softmax", "sigmoid"] },
  class_index: { y: Array.from({ length: SAMPLES }, (_, i) => i % OUTPUTS), activations: ["softmax", "sigmoid"] },
};

function withLoss(loss: Loss, activation: ActivationName): Recipe {
  return {
    layers: () => [
      layers.dense({ units: 13, activation: "tanh", inputShape: [WIDTH] }),
      layers.dense({ units: OUTPUTS, activation }),
    ],
    loss,
    y: kinds[loss.target].y,
    metric: loss.target === "class_index" ? "accuracy" : "mse",
    batchSizes: [13, 33],
  };
}

/** A model for every row of the table of losses, with two reductions. */
export const lossRecipes: Record<string, Recipe> = {};
for (const name of Object.keys(lossTable) as LossName[]) {
  for (const reduction of ["sum_over_batch_size", "sum"] as const) {
    const loss = lossTable[name].create({ reduction });
    const [fused, other] = kinds[loss.target].activations;
    const activation = reduction === "sum" ? other ?? fused : fused;
    lossRecipes[`${name}, ${reduction}, after ${activation}`] = withLoss(loss, activation);
  }
}
