import type { Layer } from "../layers/layer.ts";

/** For layers that stand in several models and layers inside one: their other places, each with the first one. */
export function nameShared(layers: readonly Layer[]): ReadonlyMap<string, string> {
  const first = new Map<Layer, string>();
  const shared = new Map<string, string>();
  const visit = (layer: Layer, path: string): void => {
    const known = first.get(layer);
    if (known !== undefined) {
      shared.set(path, known);
      return;
    }
    first.set(layer, path);
    for (const [name, inner] of layer.innerLayers) visit(inner, `${path}/${name}`);
  };
  for (const layer of layers) visit(layer, layer.name);
  return shared;
}

/** The name of a weight, or of a layer, at the first place of the layers that it lies in. */
export function findFirst(name: string, shared: ReadonlyMap<string, string>): string {
  if (shared.size === 0) return name;
  return name.split("/").reduce((outer, inner) => {
    const path = `${outer}/${inner}`;
    return shared.get(path) ?? path;
  });
}
