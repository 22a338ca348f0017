import { constraints, initializers, layers, regularizers } from "../../mod.ts";
import type { LayerSample } from "./layer_sample.ts";

/** Options of the depthwise kernel and the bias away from their defaults. */
const parts = {
  activation: "tanh",
  depthwiseInitializer: initializers.varianceScaling({ scale: 2, mode: "fan_out", distribution: "uniform", seed: 4 }),
  depthwiseRegularizer: regularizers.l1L2({ l1: 0.03, l2: 0.04 }),
  depthwiseConstraint: "non_neg",
  biasInitializer: initializers.randomUniform({ minval: -0.25, maxval: 0.5 }),
  biasRegularizer: regularizers.l1({ l1: 0.05 }),
  biasConstraint: constraints.nonNeg(),
  activityRegularizer: regularizers.l2({ l2: 0.02 }),
} as const;

/** Samples of the layers that convolve every channel by itself. */
export const depthwiseSamples = {
  depthwise_conv1d: [
    {
      create: () => layers.depthwiseConv1d({ kernelSize: 3, padding: "same", depthMultiplier: 2, ...parts }),
      inputs: [[5, 2]],
      output: [5, 4],
    },
  ],
  depthwise_conv2d: [
    {
      create: () => layers.depthwiseConv2d({ kernelSize: 3, padding: "same", activation: "relu" }),
      inputs: [[4, 5, 3]],
      output: [4, 5, 3],
    },
    {
      create: () =>
        layers.depthwiseConv2d({
          kernelSize: [2, 3],
          strides: 2,
          padding: [[1, 0], [0, 1]],
          dataFormat: "channels_first",
          name: "d",
          ...parts,
        }),
      inputs: [[2, 3, 4]],
      output: [2, 2, 2],
    },
    {
      create: () => layers.depthwiseConv2d({ kernelSize: 2, dilationRate: [1, 2], useBias: false }),
      inputs: [[3, 4, 2]],
      output: [2, 2, 2],
    },
  ],
  separable_conv1d: [
    {
      create: () => layers.separableConv1d({ filters: 4, kernelSize: 3, trainable: false }),
      inputs: [[6, 2]],
      output: [4, 4],
    },
  ],
  separable_conv2d: [
    {
      create: () => layers.separableConv2d({ filters: 3, kernelSize: 3, padding: "same", activation: "relu" }),
      inputs: [[3, 4, 2]],
      output: [3, 4, 3],
    },
    {
      create: () =>
        layers.separableConv2d({
          filters: 2,
          kernelSize: [3, 2],
          strides: [1, 2],
          depthMultiplier: 2,
          pointwiseInitializer: initializers.randomNormal({ stddev: 0.4 }),
          pointwiseRegularizer: "l2",
          pointwiseConstraint: constraints.unitNorm({ axis: [0, 1, 2] }),
          ...parts,
        }),
      inputs: [[4, 5, 2]],
      output: [2, 2, 2],
    },
  ],
} as const satisfies Readonly<Record<string, readonly [LayerSample, ...LayerSample[]]>>;
