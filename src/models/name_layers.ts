import type { Layer } from "../layers/layer.ts";

/** Gives every layer without a name its type, numbered from the second on: `dense`, `dense_1`. Two layers of one name are an error, and so is one layer in two places. */
export function nameLayers(layers: readonly Layer[]): void {
  const twice = layers.find((layer, i) => layers.indexOf(layer) !== i);
  if (twice !== undefined) {
    throw new TypeError(
      `Cannot create model: a layer belongs to one place in one model, got the same ${twice.type} layer twice; make two`,
    );
  }
  const taken = new Set<string>();
  const claim = (layer: Layer): void => {
    if (taken.has(layer.name)) {
      throw new TypeError(`Cannot create model: layer names must be unique, got "${layer.name}" twice`);
    }
    taken.add(layer.name);
  };
  for (const layer of layers) if (layer.name !== "") claim(layer);
  for (const layer of layers) {
    if (layer.name !== "") continue;
    let name = layer.type;
    for (let i = 1; taken.has(name); i++) name = `${layer.type}_${i}`;
    layer.giveName(name);
    claim(layer);
  }
}
