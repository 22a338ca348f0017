import type { Layer } from "./layer.ts";

/** A layer in a model, or inside one. */
export interface PlacedLayer {
  readonly layer: Layer;
  /** Its name; of a layer inside another one `<outer>/<inner>`. */
  readonly path: string;
  /** The layer itself and those that it is inside of, the outermost first. */
  readonly within: readonly Layer[];
}

/** Layers and the layers inside them, each behind the one that holds it. One that occurs twice counts where it comes first. */
export function listLayers(layers: readonly Layer[]): PlacedLayer[] {
  const found: PlacedLayer[] = [];
  const seen = new Set<Layer>();
  const visit = (layer: Layer, path: string, outer: readonly Layer[]): void => {
    if (seen.has(layer)) return;
    seen.add(layer);
    const within = [...outer, layer];
    found.push({ layer, path, within });
    for (const [name, inner] of layer.innerLayers) visit(inner, `${path}/${name}`, within);
  };
  for (const layer of layers) visit(layer, layer.name, []);
  return found;
}
