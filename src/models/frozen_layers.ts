import { FileFormatError } from "../files/file_format_error.ts";
import type { Layer } from "../layers/layer.ts";
import { listLayers } from "../layers/list_layers.ts";

/** The layers that a file names as frozen. @throws FileFormatError if there is no layer of a name */
export function findFrozen(layers: readonly Layer[], paths: readonly string[]): ReadonlySet<Layer> {
  const all = new Map(listLayers(layers).map(({ path, layer }) => [path, layer]));
  return new Set(paths.map((path) => {
    const layer = all.get(path);
    if (layer === undefined) throw new FileFormatError("Cannot load model: frozen must hold names of layers");
    return layer;
  }));
}

/** The names of frozen layers for a file; null if they are those whose `trainable` is false now. */
export function nameFrozen(layers: readonly Layer[], frozen: ReadonlySet<Layer>): readonly string[] | null {
  const all = listLayers(layers);
  if (all.every(({ layer }) => frozen.has(layer) !== layer.trainable)) return null;
  return all.filter(({ layer }) => frozen.has(layer)).map(({ path }) => path);
}
