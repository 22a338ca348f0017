import type { Layer } from "../layers/layer.ts";
import type { Numerics } from "../kernels/numerics.ts";
import type { LayerWeight } from "./list_weights.ts";
import { Store } from "./store.ts";

/**
 * The store for a model over these weights: that of the layers that have one, all stores being put into the first; a new one, if none has.
 *
 * Layers that learn nothing, such as `normalization`, do not tie models together: each store has their weights.
 *
 * @throws {TypeError} If stores compute differently, or otherwise than the model shall
 */
export function findStore(what: string, weights: readonly LayerWeight[], numerics: Numerics): Store {
  const stores = new Map<Store, Layer>();
  for (const { layer } of weights) {
    if (!learns(layer)) continue;
    for (const each of layer.stores) if (each instanceof Store) stores.set(each.root, layer);
  }
  for (const [store, layer] of stores) {
    if (store.numerics === numerics) continue;
    throw new TypeError(
      `Cannot ${what}: layer "${layer.name}" is in a model with numerics "${store.numerics}", got "${numerics}"`,
    );
  }
  const [first = new Store(numerics), ...others] = stores.keys();
  for (const other of others) first.absorb(other);
  return first;
}

/** Whether training may change any weight of the layer. */
function learns(layer: Layer): boolean {
  return layer.weights.some((weight) => weight.trainable !== false);
}
