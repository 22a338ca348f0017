import type { Layer } from "../layers/layer.ts";
import { listLayers } from "../layers/list_layers.ts";
import type { WeightSpec } from "../layers/weight_spec.ts";

/** A weight of a layer in a model. */
export interface LayerWeight {
  readonly layer: Layer;
  readonly spec: WeightSpec;
  /** `<layer>/<weight>`; of a layer inside another one `<outer>/<inner>/<weight>`. */
  readonly name: string;
  /** The layer itself and those that it is inside of: it learns if all of them do. */
  readonly within: readonly Layer[];
}

/** The weights of layers in order, those of layers inside them behind their own. */
export function listWeights(layers: readonly Layer[]): LayerWeight[] {
  return listLayers(layers).flatMap(({ layer, path, within }) =>
    layer.weights.map((spec) => ({ layer, spec, name: `${path}/${spec.name}`, within }))
  );
}
