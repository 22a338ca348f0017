import type { StringTable } from "../../drawing/language.ts";

/** The words of what `watch` shows. */
export const enWatch = {
  nothing: () => "Nothing was watched yet: give watch() to fit, among its callbacks.",
  title: (epochs: number, samples: number) =>
    `Layers over ${epochs} ${epochs === 1 ? "epoch" : "epochs"}, by one probe of ${samples} ${
      samples === 1 ? "sample" : "samples"
    }`,
  loss: (first: string, last: string) => `Loss of the probe: ${first} → ${last}.`,
  attenuation: (share: string, first: string, last: string) =>
    `∂E/∂z is ${share} times as large in ${first} as in ${last}.`,
  flow: () => "‖∂E/∂w‖ by layer",
  epoch: () => "epoch",
  last: (epoch: number) => `After epoch ${epoch}`,
  first: () => "Before the first step",
  layer: () => "layer",
  gradient: () => "‖∂E/∂w‖",
  slope: () => "∂E/∂z",
  values: () => "z: mean ± sd",
  update: () => "‖Δw‖/‖w‖",
  frozen: () => "frozen",
  saturated: () => "saturated",
  dead: () => "dead",
} satisfies StringTable;
