import { FileFormatError } from "../files/file_format_error.ts";
import { layerTable } from "../layers/gen/table.ts";
import type { Layer } from "../layers/layer.ts";
import { findRow } from "../tables/find_row.ts";
import { createPartResolver, type SavedInnerLayer } from "./create_part_resolver.ts";
import { type CustomParts, findCustom, type LayerFactory, sayHowToHandOver } from "./custom_parts.ts";
import type { SavedLayer } from "./read_model_description.ts";

/** What makes layers of their saved forms: the user's own by `custom`, the others by the library. */
export function makeLayersWith(
  custom: CustomParts,
): (layer: SavedLayer, makeInner: (saved: SavedInnerLayer) => Layer) => Layer {
  return ({ type, config }, makeInner) => findFactory(type, custom)(config, createPartResolver(custom, makeInner));
}

function findFactory(type: SavedLayer["type"], custom: CustomParts): LayerFactory {
  const own = findCustom(custom, "layers", type);
  if (own !== undefined) return own;
  try {
    return findRow("layer", type, layerTable).create as LayerFactory;
  } catch (cause) {
    throw new FileFormatError(
      `Cannot load model: ${(cause as Error).message}; if it is your own, ${sayHowToHandOver("layers", type)}`,
      { cause },
    );
  }
}
