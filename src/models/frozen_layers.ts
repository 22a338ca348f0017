import { FileFormatError } from "../files/file_format_error.ts";
import type { Layer } from "../layers/layer.ts";
import { listLayers } from "../layers/list_layers.ts";

/** Those of the layers, and of layers inside them, that are not trainable now. */
export function listFrozen(layers: readonly Layer[]): ReadonlySet<Layer> {
  return new Set(listLayers(layers).flatMap(({ layer }) => layer.trainable ? [] : [layer]));
}

/**
 * The layers that `compile` had frozen in a model that is loaded; null if it was not called.
 *
 * @throws FileFormatError if the file names a layer that there is not
 */
export function findFrozen(
  layers: readonly Layer[],
  { isCompiled, frozen: paths }: { readonly isCompiled: boolean; readonly frozen: readonly string[] | null },
): ReadonlySet<Layer> | null {
  if (paths === null) return isCompiled ? listFrozen(layers) : null;
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
