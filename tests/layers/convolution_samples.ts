import { constraints, initializers, layers, regularizers } from "../../mod.ts";
import type { LayerSample } from "./layer_sample.ts";

/** Options of kernel and bias away from their defaults, for a kernel of so many spatial axes. */
const parts = (axes: 1 | 2) => ({
  kernelInitializer: initializers.varianceScaling({ scale: 2, mode: "fan_out", distribution: "uniform", seed: 4 }),
  kernelRegularizer: regularizers.l1L2({ l1: 0.03, l2: 0.04 }),
  kernelConstraint: constraints.maxNorm({ maxValue: 0.9, axis: axes === 1 ? [0, 1] : [0, 1, 2] }),
  biasInitializer: initializers.randomUniform({ minval: -0.25, maxval: 0.5 }),
  biasRegularizer: regularizers.l1({ l1: 0.05 }),
  biasConstraint: constraints.nonNeg(),
  activityRegularizer: regularizers.l2({ l2: 0.02 }),
} as const);

/** Samples of convolutions. */
export const convolutionSamples = {
  conv1d: [
    {
      create: () => layers.conv1d({ filters: 3, kernelSize: 3, activation: "relu", padding: "causal" }),
      inputs: [[6, 2]],
      output: [6, 3],
    },
    {
      create: () =>
        layers.conv1d({
          filters: 4,
          kernelSize: 2,
          dilationRate: 2,
          padding: [1, 2],
          groups: 2,
          dataFormat: "channels_first",
          activation: "tanh",
          ...parts(1),
        }),
      inputs: [[2, 4]],
      output: [4, 5],
    },
  ],
  conv1d_transpose: [
    {
      create: () => layers.conv1dTranspose({ filters: 3, kernelSize: 4, strides: 2, activation: "relu" }),
      inputs: [[3, 2]],
      output: [8, 3],
    },
    {
      create: () =>
        layers.conv1dTranspose({
          filters: 2,
          kernelSize: 3,
          strides: 3,
          padding: "same",
          outputPadding: 1,
          useBias: false,
          dataFormat: "channels_first",
        }),
      inputs: [[3, 2]],
      output: [2, 5],
    },
  ],
  conv2d: [
    {
      create: () => layers.conv2d({ filters: 9, kernelSize: 3, activation: "relu" }),
      inputs: [[4, 5, 1]],
      output: [2, 3, 9],
    },
    {
      create: () =>
        layers.conv2d({
          filters: 4,
          kernelSize: [2, 3],
          strides: [1, 2],
          padding: "same",
          groups: 2,
          activation: "sigmoid",
          ...parts(2),
        }),
      inputs: [[3, 4, 2]],
      output: [3, 2, 4],
    },
    {
      create: () =>
        layers.conv2d({
          filters: 3,
          kernelSize: 2,
          dilationRate: [1, 2],
          padding: [[1, 0], [2, 1]],
          useBias: false,
          dataFormat: "channels_first",
        }),
      inputs: [[2, 2, 3]],
      output: [3, 2, 4],
    },
    {
      create: () => layers.conv2d({ filters: 5, kernelSize: 1, activation: "relu" }),
      inputs: [[2, 3, 4]],
      output: [2, 3, 5],
    },
  ],
  conv2d_transpose: [
    {
      create: () =>
        layers.conv2dTranspose({
          filters: 3,
          kernelSize: 3,
          strides: 2,
          padding: "same",
          activation: "relu",
          ...parts(2),
        }),
      inputs: [[2, 3, 2]],
      output: [4, 6, 3],
    },
    {
      create: () =>
        layers.conv2dTranspose({ filters: 2, kernelSize: [2, 3], dilationRate: 2, outputPadding: 0, useBias: false }),
      inputs: [[2, 2, 3]],
      output: [4, 6, 2],
    },
    {
      create: () =>
        layers.conv2dTranspose({ filters: 2, kernelSize: 3, strides: 2, padding: [[0, 2], 1], outputPadding: 1 }),
      inputs: [[2, 3, 2]],
      output: [4, 6, 2],
    },
  ],
} satisfies Record<string, readonly [LayerSample, ...LayerSample[]]>;
