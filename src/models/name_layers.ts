import type { Layer } from "../layers/layer.ts";

/** Gives every layer without a name its type, numbered from the second on: `dense`, `dense_1`. Two layers of one name are an error. */
export function nameLayers(layers: readonly Layer[]): void {
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
    layer.name = name;
    claim(layer);
  }
}
