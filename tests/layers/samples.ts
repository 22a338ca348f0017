import { constraints, initializers, layers, regularizers } from "../../mod.ts";
import { attentionSamples } from "./attention_samples.ts";
import { convolutionSamples } from "./convolution_samples.ts";
import type { LayerType } from "../../src/layers/gen/table.ts";
import { depthwiseSamples } from "./depthwise_samples.ts";
import { imageSamples } from "./image_samples.ts";
import type { LayerSample } from "./layer_sample.ts";
import { poolingSamples } from "./pooling_samples.ts";
import { recurrentSamples } from "./recurrent_samples.ts";

/** Options of weights away from their defaults. */
const parts = {
  kernel: {
    kernelInitializer: initializers.varianceScaling({ scale: 2, mode: "fan_out", distribution: "uniform", seed: 4 }),
    kernelRegularizer: regularizers.l1L2({ l1: 0.03, l2: 0.04 }),
    kernelConstraint: constraints.minMaxNorm({ minValue: 0.1, maxValue: 0.9, rate: 0.5, axis: [1] }),
  },
  bias: {
    biasInitializer: initializers.randomUniform({ minval: -0.25, maxval: 0.5 }),
    biasRegularizer: regularizers.l1({ l1: 0.05 }),
    biasConstraint: constraints.nonNeg(),
  },
  beta: {
    betaInitializer: "random_normal",
    betaRegularizer: "l2",
    betaConstraint: constraints.maxNorm({ maxValue: 0.8 }),
  },
  gamma: {
    gammaInitializer: initializers.constant({ value: 0.4 }),
    gammaRegularizer: regularizers.l1({ l1: 0.2 }),
    gammaConstraint: "non_neg",
  },
} as const;

/** The layers that make numbers of strings and integers before programs see them: tests/models/text_models_test.ts, text_golden_test.ts. */
type HostType = "hashing" | "integer_lookup" | "string_lookup" | "text_vectorization";

/**
 * Two samples, or more where options change what is computed, of every layer: a new row without any does not compile. A lambda's function is no
 * option that a file can hold: lambda_test.ts.
 */
export const layerSamples: Readonly<
  Record<Exclude<LayerType, "lambda" | HostType>, readonly [LayerSample, ...LayerSample[]]>
> = {
  ...imageSamples,
  ...recurrentSamples,
  activation: [
    { create: () => layers.activation({ activation: "gelu" }), inputs: [[7]], output: [7] },
    {
      create: () => layers.activation({ activation: { id: "elu", config: { alpha: 0.7 } }, name: "a" }),
      inputs: [[2, 3]],
      output: [2, 3],
    },
  ],
  activity_regularization: [
    { create: () => layers.activityRegularization({ l1: 0.01, l2: 0.02 }), inputs: [[7]], output: [7] },
  ],
  add: [
    { create: () => layers.add(), inputs: [[5], [5], [5]], output: [5] },
    {
      create: () => layers.add({ name: "sum", trainable: false }),
      inputs: [[3, 4], [1, 4]],
      output: [3, 4],
    },
  ],
  alpha_dropout: [
    { create: () => layers.alphaDropout({ rate: 0.2 }), inputs: [[9]], output: [9] },
    {
      create: () => layers.alphaDropout({ rate: 0.35, noiseShape: [null, 1], seed: 3 }),
      inputs: [[6]],
      output: [6],
    },
  ],
  average: [{ create: () => layers.average({ trainable: false }), inputs: [[5], [5], [5]], output: [5] }],
  batch_normalization: [
    { create: () => layers.batchNormalization({ momentum: 0.5 }), inputs: [[7]], output: [7] },
    {
      create: () =>
        layers.batchNormalization({
          momentum: 0.7,
          epsilon: 0.02,
          movingMeanInitializer: initializers.constant({ value: 0.2 }),
          movingVarianceInitializer: initializers.constant({ value: 2 }),
          ...parts.gamma,
          ...parts.beta,
        }),
      inputs: [[3, 4]],
      output: [3, 4],
    },
    { create: () => layers.batchNormalization({ center: false, scale: false }), inputs: [[5]], output: [5] },
  ],
  category_encoding: [
    { create: () => layers.categoryEncoding({ numTokens: 4 }), inputs: [[10]], output: [4], rows: 4 },
    {
      create: () => layers.categoryEncoding({ numTokens: 3, outputMode: "one_hot" }),
      inputs: [[10]],
      output: [10, 3],
      rows: 3,
    },
    {
      create: () => layers.categoryEncoding({ numTokens: 5, outputMode: "count", name: "c" }),
      inputs: [[5, 2]],
      output: [5, 5],
      rows: 5,
    },
  ],
  concatenate: [
    { create: () => layers.concatenate(), inputs: [[3], [1], [4]], output: [8] },
    {
      create: () => layers.concatenate({ axis: 1, name: "both" }),
      inputs: [[3, 2], [1, 2]],
      output: [4, 2],
    },
  ],
  ...convolutionSamples,
  ...attentionSamples,
  cropping1d: [
    { create: () => layers.cropping1d({ cropping: [1, 2] }), inputs: [[5, 3]], output: [2, 3] },
  ],
  cropping2d: [
    {
      create: () => layers.cropping2d({ cropping: [[1, 0], [0, 2]] }),
      inputs: [[4, 3, 2]],
      output: [3, 1, 2],
    },
    {
      create: () => layers.cropping2d({ cropping: [[0, 1], [2, 0]], dataFormat: "channels_first" }),
      inputs: [[1, 2, 3]],
      output: [1, 1, 1],
    },
  ],
  dense: [
    { create: () => layers.dense({ units: 19, activation: "relu" }), inputs: [[7]], output: [19] },
    {
      create: () =>
        layers.dense({
          units: 5,
          activation: { id: "leaky_relu", config: { negativeSlope: 0.05 } },
          activityRegularizer: regularizers.l2({ l2: 0.05 }),
          name: "d",
          ...parts.kernel,
          ...parts.bias,
        }),
      inputs: [[2, 3]],
      output: [2, 5],
    },
    {
      create: () =>
        layers.dense({
          units: 3,
          useBias: false,
          kernelRegularizer: regularizers.orthogonalRegularizer({ factor: 0.2, mode: "columns" }),
        }),
      inputs: [[6]],
      output: [3],
    },
    { create: () => layers.dense({ units: 4, trainable: false }), inputs: [[6]], output: [4] },
  ],
  dot: [
    {
      create: () => layers.dot({ axes: 1, normalize: true }),
      inputs: [[5], [5]],
      output: [1],
    },
    {
      create: () => layers.dot({ axes: [1, -2] }),
      inputs: [[3, 2], [3, 4]],
      output: [2, 4],
    },
  ],
  dropout: [
    { create: () => layers.dropout({ rate: 0.3 }), inputs: [[9]], output: [9] },
    { create: () => layers.dropout({ rate: 0.2, noiseShape: [1, null], seed: 77 }), inputs: [[8]], output: [8] },
    { create: () => layers.dropout({ rate: 0.1, noiseShape: [null, 1] }), inputs: [[8]], output: [8] },
  ],
  elu: [{ create: () => layers.elu({ alpha: 0.6 }), inputs: [[7]], output: [7] }],
  embedding: [
    {
      create: () => layers.embedding({ inputDim: 9, outputDim: 3, maskZero: true }),
      inputs: [[10]],
      output: [10, 3],
      rows: 9,
    },
    {
      create: () =>
        layers.embedding({
          inputDim: 5,
          outputDim: 2,
          embeddingsInitializer: initializers.randomNormal({ stddev: 0.5 }),
          embeddingsRegularizer: regularizers.l1L2({ l1: 0.03, l2: 0.04 }),
          embeddingsConstraint: constraints.maxNorm({ maxValue: 0.8, axis: [1] }),
        }),
      inputs: [[5, 2]],
      output: [5, 2, 2],
      rows: 5,
    },
  ],
  flatten: [{ create: () => layers.flatten(), inputs: [[2, 3]], output: [6] }],
  gaussian_dropout: [
    { create: () => layers.gaussianDropout({ rate: 0.35, seed: 2 ** 40 }), inputs: [[9]], output: [9] },
  ],
  gaussian_noise: [{ create: () => layers.gaussianNoise({ stddev: 0.2, seed: 5 }), inputs: [[9]], output: [9] }],
  group_normalization: [
    {
      create: () => layers.groupNormalization({ groups: 3, epsilon: 0.02, ...parts.gamma, ...parts.beta }),
      inputs: [[5, 6]],
      output: [5, 6],
    },
    {
      create: () => layers.groupNormalization({ groups: -1, axis: 1, scale: false, center: false }),
      inputs: [[6]],
      output: [6],
    },
  ],
  input_layer: [{ create: () => layers.inputLayer({ shape: [10], name: "in" }), inputs: [], output: [10] }],
  layer_normalization: [
    { create: () => layers.layerNormalization(), inputs: [[5, 7]], output: [5, 7] },
    {
      create: () => layers.layerNormalization({ axis: [-2, -1], epsilon: 0.3, ...parts.gamma, ...parts.beta }),
      inputs: [[2, 3]],
      output: [2, 3],
    },
    {
      create: () => layers.layerNormalization({ center: false, scale: false }),
      inputs: [[6]],
      output: [6],
    },
  ],
  leaky_relu: [{ create: () => layers.leakyReLU({ negativeSlope: 0.15 }), inputs: [[7]], output: [7] }],
  masking: [
    { create: () => layers.masking(), inputs: [[4, 3]], output: [4, 3] },
    { create: () => layers.masking({ maskValue: -1.5, name: "m", trainable: false }), inputs: [[5]], output: [5] },
  ],
  maximum: [
    {
      create: () => layers.maximum({ name: "largest" }),
      inputs: [[5], [5], [5]],
      output: [5],
    },
  ],
  minimum: [
    { create: () => layers.minimum({ name: "least" }), inputs: [[5], [5]], output: [5] },
  ],
  multiply: [{ create: () => layers.multiply({ name: "product" }), inputs: [[5], [5], [5]], output: [5] }],
  normalization: [
    {
      create: () => layers.normalization({ mean: [0.1, 0.2, 0.3, 0, 0.5], variance: [6, 5, 4, 0.5, 2] }),
      inputs: [[5]],
      output: [5],
    },
    {
      create: () => layers.normalization({ mean: 0.5, variance: 4, invert: true }),
      inputs: [[2, 3]],
      output: [2, 3],
    },
  ],
  permute: [
    {
      create: () => layers.permute({ dims: [3, 1, 2] }),
      inputs: [[3, 2, 5]],
      output: [5, 3, 2],
    },
  ],
  positional_embedding: [
    { create: () => layers.positionalEmbedding({ sequenceLength: 6 }), inputs: [[4, 3]], output: [4, 3] },
    {
      create: () =>
        layers.positionalEmbedding({ sequenceLength: 3, initializer: "random_normal", name: "p", trainable: false }),
      inputs: [[2, 3, 2]],
      output: [2, 3, 2],
    },
    {
      create: () => layers.positionalEmbedding({ mode: "sinusoidal", maxWavelength: 50 }),
      inputs: [[5, 3]],
      output: [5, 3],
    },
  ],
  prelu: [
    {
      create: () => layers.prelu({ alphaInitializer: { id: "constant", config: { value: 0.2 } } }),
      inputs: [[7]],
      output: [7],
    },
    {
      create: () =>
        layers.prelu({
          alphaInitializer: initializers.constant({ value: 0.3 }),
          alphaRegularizer: "l2",
          alphaConstraint: constraints.maxNorm({ maxValue: 0.5, axis: 0 }),
        }),
      inputs: [[2, 3]],
      output: [2, 3],
    },
  ],
  relu: [
    { create: () => layers.reLU(), inputs: [[7]], output: [7] },
    {
      create: () => layers.reLU({ maxValue: 0.8, negativeSlope: 0.1, threshold: 0.1 }),
      inputs: [[7]],
      output: [7],
    },
  ],
  repeat_vector: [
    { create: () => layers.repeatVector({ n: 3 }), inputs: [[7]], output: [3, 7] },
  ],
  rescaling: [{ create: () => layers.rescaling({ scale: -0.3, offset: 0.2 }), inputs: [[7]], output: [7] }],
  reshape: [
    { create: () => layers.reshape({ targetShape: [3, -1] }), inputs: [[6]], output: [3, 2] },
    { create: () => layers.reshape({ targetShape: [-1] }), inputs: [[2, 3]], output: [6] },
  ],
  rms_normalization: [
    { create: () => layers.rmsNormalization(), inputs: [[7]], output: [7] },
    {
      create: () => layers.rmsNormalization({ axis: [1, 2], epsilon: 0.01 }),
      inputs: [[2, 3]],
      output: [2, 3],
    },
  ],
  softmax: [
    { create: () => layers.softmax(), inputs: [[2, 4]], output: [2, 4] },
    { create: () => layers.softmax({ axis: 1 }), inputs: [[3, 4]], output: [3, 4] },
  ],
  spatial_dropout1d: [
    { create: () => layers.spatialDropout1d({ rate: 0.3, seed: 4 }), inputs: [[5, 3]], output: [5, 3] },
  ],
  spatial_dropout2d: [
    { create: () => layers.spatialDropout2d({ rate: 0.3 }), inputs: [[2, 3, 5]], output: [2, 3, 5] },
    {
      create: () => layers.spatialDropout2d({ rate: 0.2, dataFormat: "channels_first" }),
      inputs: [[2, 3, 1]],
      output: [2, 3, 1],
    },
  ],
  subtract: [{ create: () => layers.subtract({ name: "rest" }), inputs: [[5], [5]], output: [5] }],
  time_distributed: [
    {
      create: () => layers.timeDistributed({ layer: layers.dense({ units: 3, activation: "tanh", ...parts.kernel }) }),
      inputs: [[4, 5]],
      output: [4, 3],
    },
    {
      create: () =>
        layers.timeDistributed({
          layer: layers.conv1d({ filters: 2, kernelSize: 2, name: "inner" }),
          name: "t",
          trainable: false,
        }),
      inputs: [[3, 4, 2]],
      output: [3, 3, 2],
    },
    {
      create: () => layers.timeDistributed({ layer: layers.batchNormalization({ momentum: 0.5 }) }),
      inputs: [[3, 4]],
      output: [3, 4],
    },
  ],
  unit_normalization: [
    { create: () => layers.unitNormalization(), inputs: [[7]], output: [7] },
    { create: () => layers.unitNormalization({ axis: [1] }), inputs: [[6]], output: [6] },
  ],
  up_sampling1d: [
    { create: () => layers.upSampling1d({ size: 3 }), inputs: [[3, 2]], output: [9, 2] },
  ],
  up_sampling2d: [
    {
      create: () => layers.upSampling2d({ size: [2, 3] }),
      inputs: [[2, 3, 1]],
      output: [4, 9, 1],
    },
    {
      create: () => layers.upSampling2d({ size: [3, 1], dataFormat: "channels_first" }),
      inputs: [[1, 2, 3]],
      output: [1, 6, 3],
    },
    {
      create: () => layers.upSampling2d({ size: [2, 3], interpolation: "bilinear" }),
      inputs: [[2, 3, 5]],
      output: [4, 9, 5],
    },
  ],
  ...depthwiseSamples,
  ...poolingSamples,
  zero_padding1d: [
    { create: () => layers.zeroPadding1d({ padding: [2, 0] }), inputs: [[3, 3]], output: [5, 3] },
    {
      create: () => layers.zeroPadding1d({ padding: [0, 2], dataFormat: "channels_first" }),
      inputs: [[2, 3]],
      output: [2, 5],
    },
  ],
  zero_padding2d: [
    {
      create: () => layers.zeroPadding2d({ padding: [[1, 0], [2, 1]] }),
      inputs: [[1, 3, 3]],
      output: [2, 6, 3],
    },
    {
      create: () => layers.zeroPadding2d({ padding: [[0, 1], [2, 0]], dataFormat: "channels_first" }),
      inputs: [[1, 2, 3]],
      output: [1, 3, 5],
    },
  ],
};
