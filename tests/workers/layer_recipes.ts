import { input, layers, model } from "../../mod.ts";
import type { LayerType } from "../../src/layers/gen/table.ts";
import { OUTPUTS, type Recipe, type Recipes, WIDTH } from "./recipe.ts";

const { dense } = layers;
const head = (): layers.Layer => dense({ units: OUTPUTS });

/** A layer between two dense ones. */
function between(middle: () => layers.Layer): Recipe {
  return { layers: () => [dense({ units: 12, activation: "tanh", inputShape: [WIDTH] }), middle(), head()] };
}

/** A layer that joins two towers and the input that they stand on. */
function joining(join: () => layers.Layer, towers = 2): Recipe {
  return {
    layers: (numerics) => {
      const x = input({ shape: [WIDTH] });
      const h = dense({ units: 11, activation: "tanh" }).apply(x);
      const tops = Array.from({ length: towers }, () => dense({ units: 11, activation: "gelu" }).apply(h));
      const outputs = join().apply([...tops, ...(towers === 2 ? [] : [h])]);
      return [model({ inputs: x, outputs }, { numerics }), head()];
    },
  };
}

/** A layer over samples of another shape, between two dense ones. */
function shaping(targetShape: readonly number[], middle: () => layers.Layer): Recipe {
  const units = targetShape.reduce((a, b) => a * b);
  return {
    layers: () => [
      dense({ units, activation: "tanh", inputShape: [WIDTH] }),
      layers.reshape({ targetShape }),
      middle(),
      layers.flatten(),
      head(),
    ],
  };
}

/** A model for every row of the table: a new row without one does not compile. */
export const layerRecipes: Readonly<Record<LayerType, Recipe>> = {
  activation: between(() => layers.activation({ activation: "gelu" })),
  add: joining(() => layers.add(), 3),
  alpha_dropout: between(() => layers.alphaDropout({ rate: 0.2 })),
  average: joining(() => layers.average(), 1),
  activity_regularization: between(() => layers.activityRegularization({ l1: 0.01, l2: 0.02 })),
  batch_normalization: between(() => layers.batchNormalization({ momentum: 0.5 })),
  concatenate: joining(() => layers.concatenate({ axis: 1 }), 3),
  cropping1d: shaping([5, 3], () => layers.cropping1d({ cropping: [1, 2] })),
  cropping2d: shaping([4, 3, 2], () => layers.cropping2d({ cropping: [[1, 0], [0, 2]] })),
  dense: between(() => dense({ units: 19, activation: "relu" })),
  dot: joining(() => layers.dot({ axes: 1, normalize: true })),
  dropout: {
    layers: () => [
      dense({ units: 12, activation: "tanh", inputShape: [WIDTH] }),
      layers.dropout({ rate: 0.3 }),
      layers.dropout({ rate: 0.2, noiseShape: [1, null] }),
      layers.dropout({ rate: 0.1, noiseShape: [null, 1] }),
      head(),
    ],
  },
  elu: between(() => layers.elu()),
  flatten: { layers: () => [layers.reshape({ targetShape: [5, 2], inputShape: [WIDTH] }), layers.flatten(), head()] },
  gaussian_dropout: between(() => layers.gaussianDropout({ rate: 0.3 })),
  gaussian_noise: between(() => layers.gaussianNoise({ stddev: 0.2 })),
  group_normalization: {
    layers: () => [
      dense({ units: 30, inputShape: [WIDTH] }),
      layers.reshape({ targetShape: [5, 6] }),
      layers.groupNormalization({ groups: 3, gammaInitializer: "random_uniform" }),
      layers.flatten(),
      layers.groupNormalization({ groups: -1, scale: false, betaInitializer: "random_normal" }),
      head(),
    ],
  },
  input_layer: { layers: () => [layers.inputLayer({ shape: [WIDTH] }), head()] },
  layer_normalization: {
    layers: () => [
      dense({ units: 35, inputShape: [WIDTH] }),
      layers.reshape({ targetShape: [5, 7] }),
      layers.layerNormalization({ gammaInitializer: "random_uniform" }),
      layers.layerNormalization({ axis: [1, 2], center: false }),
      layers.flatten(),
      head(),
    ],
  },
  leaky_relu: between(() => layers.leakyReLU()),
  maximum: joining(() => layers.maximum(), 3),
  minimum: joining(() => layers.minimum(), 1),
  multiply: joining(() => layers.multiply(), 3),
  normalization: {
    layers: () => [
      layers.normalization({ inputShape: [WIDTH], mean: 0.1, variance: 0.3 }),
      dense({ units: 13 }),
      layers.normalization({ mean: 0.2, variance: 4, invert: true }),
      head(),
    ],
  },
  permute: shaping([3, 2, 5], () => layers.permute({ dims: [3, 1, 2] })),
  prelu: between(() => layers.prelu({ alphaInitializer: { id: "constant", config: { value: 0.2 } } })),
  relu: between(() => layers.reLU({ maxValue: 0.8, negativeSlope: 0.1, threshold: 0.1 })),
  repeat_vector: shaping([7], () => layers.repeatVector({ n: 3 })),
  rescaling: between(() => layers.rescaling({ scale: 3, offset: -0.5 })),
  reshape: {
    // Dense layers over several rows a sample.
    layers: () => [
      layers.reshape({ targetShape: [5, 2], inputShape: [WIDTH] }),
      dense({ units: 7, activation: "tanh" }),
      dense({ units: 6, activation: "softmax" }),
      layers.reshape({ targetShape: [30] }),
      head(),
    ],
  },
  rms_normalization: between(() => layers.rmsNormalization()),
  softmax: between(() => layers.softmax()),
  spatial_dropout1d: {
    layers: () => [
      dense({ units: 15, inputShape: [WIDTH] }),
      layers.reshape({ targetShape: [5, 3] }),
      layers.spatialDropout1d({ rate: 0.3 }),
      layers.flatten(),
      head(),
    ],
  },
  spatial_dropout2d: {
    layers: () => [
      dense({ units: 30, inputShape: [WIDTH] }),
      layers.reshape({ targetShape: [2, 3, 5] }),
      layers.spatialDropout2d({ rate: 0.3 }),
      layers.spatialDropout2d({ rate: 0.2, dataFormat: "channels_first" }),
      layers.flatten(),
      head(),
    ],
  },
  subtract: joining(() => layers.subtract()),
  unit_normalization: between(() => layers.unitNormalization()),
  up_sampling1d: shaping([3, 2], () => layers.upSampling1d({ size: 3 })),
  up_sampling2d: shaping([2, 3, 1], () => layers.upSampling2d({ size: [2, 3] })),
  zero_padding1d: shaping([3, 3], () => layers.zeroPadding1d({ padding: [2, 0] })),
  zero_padding2d: shaping([1, 3, 3], () => layers.zeroPadding2d({ padding: [[1, 0], [2, 1]] })),
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
