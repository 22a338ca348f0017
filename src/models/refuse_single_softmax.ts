import type { Activation } from "../activations/activation.ts";
import type { Network } from "../training/network.ts";

/**
 * Refuses to train a model with a softmax over one unit: its output is 1 (its logarithm 0) whatever the weights are, so neither its layer nor
 * any before it would learn.
 *
 * @throws {TypeError} `Cannot train: layer "dense" has softmax over a single unit …`
 */
export function refuseSingleSoftmax({ graph }: Network): void {
  const found = graph.nodes.find(({ layer, outputs }) => {
    const { activation } = layer as { readonly activation?: Partial<Activation> };
    const isSoftmax = activation?.id === "softmax" || activation?.id === "log_softmax";
    return isSoftmax && outputs[0].sampleShape.at(-1) === 1;
  });
  if (found === undefined) return;
  throw new TypeError(
    `Cannot train: layer "${found.layer.name}" has softmax over a single unit, which is always 1, so that nothing is learnt; for two classes ` +
      'use one unit with activation "sigmoid" and binary_crossentropy, or one unit for each class',
  );
}
