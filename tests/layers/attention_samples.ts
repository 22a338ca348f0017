import { initializers, layers, regularizers } from "../../mod.ts";
import type { LayerSample } from "./layer_sample.ts";

/** Samples of the layers of attention. */
export const attentionSamples = {
  attention: [
    {
      create: () => layers.attention({ useScale: true, dropout: 0.2 }),
      inputs: [[3, 4], [5, 2], [5, 4]],
      output: [3, 2],
    },
    {
      create: () => layers.attention({ scoreMode: "concat", useScale: true, seed: 4 }),
      inputs: [[2, 3], [4, 3]],
      output: [2, 3],
    },
  ],
  additive_attention: [
    { create: () => layers.additiveAttention({ dropout: 0.1 }), inputs: [[3, 2], [4, 2]], output: [3, 2] },
    {
      create: () => layers.additiveAttention({ useScale: false, seed: 9 }),
      inputs: [[1, 3], [2, 5], [2, 3]],
      output: [1, 5],
    },
  ],
  grouped_query_attention: [
    {
      create: () =>
        layers.groupedQueryAttention({
          headDim: 3,
          numQueryHeads: 4,
          numKeyValueHeads: 2,
          dropout: 0.15,
          seed: 2 ** 33,
        }),
      inputs: [[5, 4]],
      output: [5, 4],
    },
  ],
  multi_head_attention: [
    {
      create: () => layers.multiHeadAttention({ numHeads: 2, keyDim: 3, dropout: 0.2 }),
      inputs: [[5, 4]],
      output: [5, 4],
    },
    {
      create: () =>
        layers.multiHeadAttention({
          numHeads: 3,
          keyDim: 2,
          valueDim: 5,
          outputShape: [2, 2],
          attentionAxes: 1,
          kernelInitializer: initializers.randomNormal({ stddev: 0.3, seed: 4 }),
          kernelRegularizer: "l2",
          kernelConstraint: "non_neg",
          biasInitializer: initializers.constant({ value: 0.1 }),
          biasRegularizer: "l1",
          biasConstraint: "non_neg",
          activityRegularizer: regularizers.l2({ l2: 0.01 }),
        }),
      inputs: [[3, 4], [6, 2], [6, 3]],
      output: [3, 2, 2],
    },
    {
      create: () => layers.multiHeadAttention({ numHeads: 1, keyDim: 4, useBias: false, seed: 3 }),
      inputs: [[2, 2, 3], [5, 1]],
      output: [2, 2, 3],
    },
  ],
  transformer_encoder: [
    {
      create: () => layers.transformerEncoder({ intermediateDim: 6, numHeads: 2, dropout: 0.1 }),
      inputs: [[3, 5]],
      output: [3, 5],
    },
    {
      create: () =>
        layers.transformerEncoder({
          intermediateDim: 3,
          numHeads: 1,
          activation: "gelu",
          layerNormEpsilon: 0.01,
          kernelInitializer: initializers.randomNormal({ stddev: 0.4 }),
          biasInitializer: initializers.constant({ value: 0.1 }),
          normalizeFirst: true,
          seed: 6,
        }),
      inputs: [[4, 2]],
      output: [4, 2],
    },
  ],
} as const satisfies Readonly<Record<string, readonly [LayerSample, ...LayerSample[]]>>;
