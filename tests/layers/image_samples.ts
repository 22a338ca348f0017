import { layers } from "../../mod.ts";
import type { LayerSample } from "./layer_sample.ts";

/** Samples of the layers that prepare images. */
export const imageSamples = {
  center_crop: [
    {
      create: () => layers.centerCrop({ height: 2, width: 3 }),
      inputs: [[4, 3, 2]],
      output: [2, 3, 2],
    },
    {
      create: () => layers.centerCrop({ height: 3, width: 3, dataFormat: "channels_first" }),
      inputs: [[1, 2, 5]],
      output: [1, 3, 3],
    },
  ],
  cut_mix: [
    { create: () => layers.cutMix(), inputs: [[3, 4, 2]], output: [3, 4, 2] },
    {
      create: () => layers.cutMix({ factor: [0.5, 1], seed: 12, dataFormat: "channels_first" }),
      inputs: [[1, 4, 3]],
      output: [1, 4, 3],
    },
  ],
  mix_up: [
    { create: () => layers.mixUp(), inputs: [[7]], output: [7] },
    { create: () => layers.mixUp({ alpha: 2.5, seed: 2 ** 40 + 2 }), inputs: [[3, 2, 2]], output: [3, 2, 2] },
  ],
  random_brightness: [
    {
      create: () => layers.randomBrightness({ factor: [-0.3, 0.2], valueRange: [-1, 1] }),
      inputs: [[3, 2, 2]],
      output: [3, 2, 2],
    },
  ],
  random_contrast: [
    {
      create: () => layers.randomContrast({ factor: 0.4, valueRange: [-1, 1], seed: 5 }),
      inputs: [[3, 2, 2]],
      output: [3, 2, 2],
    },
    {
      create: () => layers.randomContrast({ factor: [0.5, 0.1], valueRange: [-2, 2], dataFormat: "channels_first" }),
      inputs: [[2, 3, 3]],
      output: [2, 3, 3],
    },
  ],
  random_crop: [
    {
      create: () => layers.randomCrop({ height: 2, width: 3, seed: 2 ** 40 + 1 }),
      inputs: [[4, 5, 1]],
      output: [2, 3, 1],
    },
    {
      create: () => layers.randomCrop({ height: 3, width: 3, dataFormat: "channels_first" }),
      inputs: [[2, 2, 4]],
      output: [2, 3, 3],
    },
  ],
  random_flip: [
    { create: () => layers.randomFlip(), inputs: [[3, 4, 2]], output: [3, 4, 2] },
    {
      create: () => layers.randomFlip({ mode: "vertical", seed: 9, dataFormat: "channels_first" }),
      inputs: [[1, 4, 3]],
      output: [1, 4, 3],
    },
  ],
  random_rotation: [
    { create: () => layers.randomRotation({ factor: 0.2 }), inputs: [[3, 4, 2]], output: [3, 4, 2] },
    {
      create: () =>
        layers.randomRotation({
          factor: [-0.1, 0.5],
          fillMode: "constant",
          fillValue: 0.5,
          dataFormat: "channels_first",
        }),
      inputs: [[1, 4, 3]],
      output: [1, 4, 3],
    },
  ],
  random_translation: [
    {
      create: () => layers.randomTranslation({ heightFactor: 0.4, widthFactor: [-0.3, 0.1], fillMode: "wrap" }),
      inputs: [[3, 4, 2]],
      output: [3, 4, 2],
    },
  ],
  random_zoom: [
    {
      create: () => layers.randomZoom({ heightFactor: 0.4, fillMode: "nearest", seed: 6 }),
      inputs: [[3, 4, 2]],
      output: [3, 4, 2],
    },
    {
      create: () => layers.randomZoom({ heightFactor: [-0.5, 0], widthFactor: [0.1, 0.5], interpolation: "nearest" }),
      inputs: [[4, 3, 1]],
      output: [4, 3, 1],
    },
  ],
  resizing: [
    {
      create: () => layers.resizing({ height: 3, width: 4 }),
      inputs: [[4, 3, 2]],
      output: [3, 4, 2],
    },
    {
      create: () =>
        layers.resizing({ height: 2, width: 3, interpolation: "nearest", padToAspectRatio: true, fillValue: 1 }),
      inputs: [[3, 2, 1]],
      output: [2, 3, 1],
    },
    {
      create: () => layers.resizing({ height: 3, width: 2, cropToAspectRatio: true, dataFormat: "channels_first" }),
      inputs: [[2, 2, 4]],
      output: [2, 3, 2],
    },
  ],
} satisfies Record<string, readonly [LayerSample, ...LayerSample[]]>;
