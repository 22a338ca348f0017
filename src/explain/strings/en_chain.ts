import type { StringTable } from "../../drawing/language.ts";

/** What explanations of the chain rule say, in English. */
export const enChain = {
  onePath: () => "one path leads from it to the loss:",
  paths: (count: number) => `${count} paths lead from it to the loss:`,
  noPath: () => "no path leads from it to the loss, so it gets no gradient",
  sumOverSamples: (samples: number) => `the sum over ${samples} samples; those that count most first:`,
  manyPaths: (most: number) =>
    `more than ${most} paths lead from it to the loss; layer by layer, along the largest terms:`,
  sample: (number: number) => `sample ${number}`,
  penalty: () => "penalty on the weight",
  more: (count: number) => `${count} more`,
  moreSamples: (count: number, sum: string) => `and ${count} more: ${sum}`,
  kernelGradient: (gradient: string) => `the kernel's gradient: ${gradient}`,
  differs: (difference: string) => `the sum differs from the kernel's gradient by ${difference}`,
  fused: () => "computed together, because the factors can overflow:",
  path: (number: number) => `path ${number}`,
  chainOf: (weight: string) => `the chain rule for ${weight}`,
  network: () => "forward and backward pass",
  samples: (count: number) => count === 1 ? "1 sample" : `${count} samples`,
  shownSample: (number: number, count: number) =>
    `z, a and their derivatives are those of sample ${number} of ${count}`,
  loss: (name: string, value: string) => `loss ${name}: E = ${value}`,
  input: () => "input",
  target: () => "target",
  weight: () => "weight",
  gradient: () => "gradient ∂E/∂w",
  moreUnits: (count: number) => `and ${count} more`,
  forward: () => "forward",
  backward: () => "backward",
  step: (optimizer: string, rate: string) => `one step of ${optimizer}, learning rate ${rate}`,
  stepOrder: () => "First every gradient, then all weights are replaced together:",
  old: () => "old",
  update: () => "update",
  new: () => "new",
  replaced: (count: number) => `${count} weights replaced together`,
} satisfies StringTable;
