import { layers } from "../../mod.ts";
import type { LayerSample } from "./layer_sample.ts";

type Samples = readonly [LayerSample, ...LayerSample[]];

/** Samples of the layers that pool. */
export const poolingSamples = {
  adaptive_average_pooling1d: [
    {
      create: () => layers.adaptiveAveragePooling1d({ outputSize: 3 }),
      inputs: [[7, 2]],
      output: [3, 2],
    },
  ],
  adaptive_average_pooling2d: [
    {
      create: () => layers.adaptiveAveragePooling2d({ outputSize: [2, 1], dataFormat: "channels_first" }),
      inputs: [[2, 3, 4]],
      output: [2, 2, 1],
    },
  ],
  adaptive_max_pooling1d: [
    {
      create: () => layers.adaptiveMaxPooling1d({ outputSize: 2, name: "most" }),
      inputs: [[5, 3]],
      output: [2, 3],
    },
  ],
  adaptive_max_pooling2d: [
    {
      create: () => layers.adaptiveMaxPooling2d({ outputSize: 2 }),
      inputs: [[3, 4, 2]],
      output: [2, 2, 2],
    },
  ],
  average_pooling1d: [
    {
      create: () => layers.averagePooling1d({ poolSize: 3, strides: 2, padding: "same" }),
      inputs: [[6, 2]],
      output: [3, 2],
    },
  ],
  average_pooling2d: [
    { create: () => layers.averagePooling2d(), inputs: [[4, 6, 2]], output: [2, 3, 2] },
    {
      create: () => layers.averagePooling2d({ poolSize: [2, 3], strides: 1, padding: "same" }),
      inputs: [[3, 4, 1]],
      output: [3, 4, 1],
    },
  ],
  global_average_pooling1d: [
    { create: () => layers.globalAveragePooling1d(), inputs: [[4, 5]], output: [5] },
  ],
  global_average_pooling2d: [
    {
      create: () => layers.globalAveragePooling2d({ keepdims: true }),
      inputs: [[3, 2, 4]],
      output: [1, 1, 4],
    },
  ],
  global_max_pooling1d: [
    {
      create: () => layers.globalMaxPooling1d({ keepdims: true, dataFormat: "channels_first" }),
      inputs: [[3, 4]],
      output: [3, 1],
    },
  ],
  global_max_pooling2d: [
    {
      create: () => layers.globalMaxPooling2d({ trainable: false }),
      inputs: [[3, 2, 4]],
      output: [4],
    },
  ],
  max_pooling1d: [
    { create: () => layers.maxPooling1d({ strides: 1 }), inputs: [[5, 3]], output: [4, 3] },
  ],
  max_pooling2d: [
    { create: () => layers.maxPooling2d(), inputs: [[5, 4, 3]], output: [2, 2, 3] },
    {
      create: () =>
        layers.maxPooling2d({ poolSize: 3, strides: [1, 2], padding: "same", dataFormat: "channels_first" }),
      inputs: [[2, 3, 4]],
      output: [2, 3, 2],
    },
  ],
} as const satisfies Readonly<Record<string, Samples>>;
