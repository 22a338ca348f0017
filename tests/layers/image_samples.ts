import { layers } from "../../mod.ts";
import type { LayerSample } from "./layer_sample.ts";

/** Samples of the layers that prepare images. */
export const imageSamples = {
  center_crop: [
    {
      create: () => layers.centerCrop({ height: 2, width: 3 }),
      inputs: [[4, 3, 2]],
      output: [2, 3, 2],
      notAtEdge: "slice",
    },
    {
      create: () => layers.centerCrop({ height: 3, width: 3, dataFormat: "channels_first" }),
      inputs: [[1, 2, 5]],
      output: [1, 3, 3],
      notAtEdge: "slice",
    },
  ],
  resizing: [
    {
      create: () => layers.resizing({ height: 3, width: 4 }),
      inputs: [[4, 3, 2]],
      output: [3, 4, 2],
      notAtEdge: "interpolate",
    },
    {
      create: () =>
        layers.resizing({ height: 2, width: 3, interpolation: "nearest", padToAspectRatio: true, fillValue: 1 }),
      inputs: [[3, 2, 1]],
      output: [2, 3, 1],
      notAtEdge: "pad",
    },
    {
      create: () => layers.resizing({ height: 3, width: 2, cropToAspectRatio: true, dataFormat: "channels_first" }),
      inputs: [[2, 2, 4]],
      output: [2, 3, 2],
      notAtEdge: "slice",
    },
  ],
} satisfies Record<string, readonly [LayerSample, ...LayerSample[]]>;
