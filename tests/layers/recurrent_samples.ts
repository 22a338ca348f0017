import { constraints, initializers, layers, regularizers } from "../../mod.ts";
import type { LayerSample } from "./layer_sample.ts";

type Samples = readonly [LayerSample, ...LayerSample[]];

/** Options of weights and activations away from their defaults. */
const parts = {
  kernelInitializer: initializers.varianceScaling({ scale: 2, mode: "fan_out", distribution: "uniform", seed: 4 }),
  kernelRegularizer: regularizers.l1L2({ l1: 0.03, l2: 0.04 }),
  kernelConstraint: constraints.maxNorm({ maxValue: 0.9 }),
  recurrentInitializer: "glorot_normal",
  recurrentRegularizer: regularizers.l2({ l2: 0.03 }),
  recurrentConstraint: constraints.maxNorm({ maxValue: 0.8 }),
  biasInitializer: initializers.randomUniform({ minval: -0.25, maxval: 0.5 }),
  biasRegularizer: regularizers.l1({ l1: 0.05 }),
  activityRegularizer: regularizers.l2({ l2: 0.02 }),
  dropout: 0.3,
  recurrentDropout: 0.2,
  seed: 5,
  goBackwards: true,
} as const;

/** Samples of recurrent layers. */
export const recurrentSamples = {
  bidirectional: [
    {
      create: () => layers.bidirectional({ layer: layers.lstm({ units: 2, returnSequences: true }) }),
      inputs: [[4, 3]],
      output: [4, 4],
    },
    {
      create: () => {
        const backwardLayer = layers.lstm({ units: 3, ...parts, name: "other" });
        return layers.bidirectional({ layer: layers.lstm({ units: 3 }), backwardLayer, mergeMode: "mul", name: "b" });
      },
      inputs: [[3, 2]],
      output: [3],
    },
  ],
  gru: [
    { create: () => layers.gru({ units: 6 }), inputs: [[4, 3]], output: [6] },
    {
      create: () =>
        layers.gru({
          units: 3,
          returnSequences: true,
          activation: { id: "elu", config: { alpha: 0.7 } },
          recurrentActivation: "softsign",
          ...parts,
        }),
      inputs: [[3, 2]],
      output: [3, 3],
      notAtEdge: "gru of layer .* must have tanh or linear as its activation there, got elu",
    },
    {
      create: () => layers.gru({ units: 5, resetAfter: false, ...parts, goBackwards: false, name: "g" }),
      inputs: [[3, 2]],
      output: [5],
    },
  ],
  lstm: [
    { create: () => layers.lstm({ units: 5 }), inputs: [[4, 3]], output: [5] },
    {
      create: () =>
        layers.lstm({
          units: 3,
          returnSequences: true,
          activation: "gelu",
          recurrentActivation: { id: "hard_sigmoid", config: {} },
          unitForgetBias: false,
          ...parts,
        }),
      inputs: [[3, 2]],
      output: [3, 3],
      notAtEdge: "must have tanh or linear as its activation there, got gelu",
    },
  ],
  simple_rnn: [
    { create: () => layers.simpleRNN({ units: 7 }), inputs: [[4, 2]], output: [7] },
    {
      create: () => layers.simpleRNN({ units: 3, returnSequences: true, activation: "gelu", useBias: false, ...parts }),
      inputs: [[3, 2]],
      output: [3, 3],
      notAtEdge: "must have tanh or linear as its activation there, got gelu",
    },
  ],
} as const satisfies Readonly<Record<string, Samples>>;
