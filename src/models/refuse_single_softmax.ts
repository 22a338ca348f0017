import type { Activation } from "../activations/activation.ts";
import type { LayerGraph } from "../layers/layer_graph.ts";
import type { CalledLayer } from "../layers/layer_output.ts";
import type { Network } from "../training/network.ts";
import { ModelLayer } from "./model_layer.ts";

/**
 * Refuses to train a model with a softmax over one unit: its output is 1 (its logarithm 0) whatever the weights are, so neither its layer nor
 * any before it would learn. Models inside the model are looked at as well.
 *
 * @throws {TypeError} `Cannot train: layer "dense" has softmax over a single unit …`
 */
export function refuseSingleSoftmax({ graph }: Network): void {
  const found = findSingleSoftmax(graph);
  if (found === undefined) return;
  throw new TypeError(
    `Cannot train: layer "${found.name}" has softmax over a single unit, which is always 1, so that nothing is learnt; for two classes ` +
      'use one unit with activation "sigmoid" and binary_crossentropy, or one unit for each class',
  );
}

function findSingleSoftmax({ nodes }: LayerGraph): CalledLayer | undefined {
  for (const { layer, outputs } of nodes) {
    const { activation } = layer as { readonly activation?: Partial<Activation> };
    const isSoftmax = activation?.id === "softmax" || activation?.id === "log_softmax";
    const axis = (activation?.config?.axis ?? -1) as number;
    const shape = outputs[0].sampleShape;
    if (isSoftmax && (axis < 0 ? shape.at(axis) : shape[axis - 1]) === 1) return layer;
    const inner = layer instanceof ModelLayer ? findSingleSoftmax(layer.model.layerGraph) : undefined;
    if (inner !== undefined) return inner;
  }
}
