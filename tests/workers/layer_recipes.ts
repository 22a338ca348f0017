import { type FunctionalModel, layers, type Numerics } from "../../mod.ts";
import type { LayerSample } from "../layers/layer_sample.ts";
import { layerSamples } from "../layers/samples.ts";
import { stageSample } from "../layers/stage_sample.ts";
import { OUTPUTS, type Recipe, type Recipes, WIDTH } from "./recipe.ts";

const { dense } = layers;
const head = (): layers.Layer => dense({ units: OUTPUTS });

/** A staged model; before it, where it takes numbers of rows, what makes these of numbers from −1 to 1. */
function stage(sample: LayerSample, numerics: Numerics): (layers.Layer | FunctionalModel)[] {
  const { rows } = sample;
  const staged = stageSample(sample, { numerics });
  if (rows === undefined) return [staged];
  const steps = Array.from({ length: rows - 1 }, (_, k) => 2 * (k + 1) / rows - 1);
  const count: layers.LambdaFunction = ({ ops }, x) =>
    steps.map((step) => ops.greaterEqual(x, step)).reduce((sum, above) => ops.add(sum, above));
  return [layers.lambda({ function: count, inputShape: [WIDTH] }), staged];
}

/** A model for every layer: its first sample. */
export const firstLayerRecipes: Recipes = Object.fromEntries(
  Object.entries(layerSamples).map(([type, [sample]]) => [type, {
    layers: (numerics) => stage(sample, numerics),
  }]),
);

/** A model for every sample of every layer: the first in several sizes of batch. */
export const layerRecipes: Recipes = {
  ...firstLayerRecipes,
  ...Object.fromEntries(
    Object.entries(layerSamples).flatMap(([type, samples]) =>
      samples.slice(1).map((sample, i): [string, Recipe] => [
        `${type}, sample ${i + 2}`,
        { layers: (numerics) => stage(sample, numerics), batchSizes: [13] },
      ])
    ),
  ),
};

/** Shapes that choose between kernels: packed or not, gradients cut by columns or by rows, frozen layers, few rows. */
export const shapeRecipes: Recipes = {
  "wide": {
    layers: () => [dense({ units: 133, activation: "relu", inputShape: [WIDTH] }), dense({ units: 70 }), head()],
  },
  "wide with odd rows": {
    layers: () => [
      layers.reshape({ targetShape: [2, 5], inputShape: [WIDTH] }),
      dense({ units: 65, activation: "sigmoid" }),
      dense({ units: 31 }),
      layers.flatten(),
      head(),
    ],
    batchSizes: [13],
  },
  "a frozen layer": {
    layers: () => [dense({ units: 9, inputShape: [WIDTH] }), dense({ units: 17, trainable: false }), head()],
  },
  "one unit": { layers: () => [dense({ units: 1, inputShape: [WIDTH] }), head()] },
  "batches of one": { layers: () => [dense({ units: 9, inputShape: [WIDTH] }), head()], batchSizes: [1] },
  "fewer samples than a batch": { layers: () => [dense({ units: 9, inputShape: [WIDTH] }), head()], batchSizes: [500] },
  "sample weights": {
    layers: () => [dense({ units: 9, inputShape: [WIDTH] }), head()],
    sampleWeight: Array.from({ length: 71 }, (_, i) => (i % 5) / 4),
  },
};
