import { layerTable } from "../../src/layers/gen/table.ts";
import type { Layer } from "../../src/layers/layer.ts";
import { createPartResolver, type SavedInnerLayer } from "../../src/models/create_part_resolver.ts";

/** The layer of a saved form, and the layers inside it. */
export function createSaved({ type, config }: SavedInnerLayer): Layer {
  return layerTable[type as keyof typeof layerTable].create(config as object, createPartResolver({}, createSaved));
}
